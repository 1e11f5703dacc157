package dev.archipelago.deploy.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search found. */
public record BestDocument(
    String search,
    @Nullable NetworkDocument winner,
    @Nullable NetworkDocument baseline,
    @Nullable List<ReferenceDocument> references,
    @Nullable ComparisonDocument comparison,
    @Nullable TrialCounts trials,
    @Nullable Double seconds) {

  /** The published networks that were tested. */
  public List<ReferenceDocument> referencesOrNone() {
    return references == null ? List.of() : references;
  }
}
