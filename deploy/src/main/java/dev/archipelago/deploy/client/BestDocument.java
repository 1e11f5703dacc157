package dev.archipelago.deploy.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search found. */
public record BestDocument(
    String search,
    @Nullable NetworkDocument winner,
    @Nullable NetworkDocument baseline,
    @Nullable List<ReferenceDocument> references,
    @Nullable List<String> remarks,
    @Nullable ComparisonDocument comparison,
    @Nullable TrialCounts trials,
    @Nullable Double seconds) {

  /** What the search's strategy has to say of how it went; often nothing. */
  public List<String> remarksOrNone() {
    return remarks == null ? List.of() : remarks;
  }

  /** The published networks that were tested. */
  public List<ReferenceDocument> referencesOrNone() {
    return references == null ? List.of() : references;
  }
}
