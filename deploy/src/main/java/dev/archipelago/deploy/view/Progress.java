package dev.archipelago.deploy.view;

import dev.archipelago.deploy.client.StatusDocument;
import dev.archipelago.deploy.client.TrialDocument;
import dev.archipelago.deploy.client.WorkerListing;
import java.util.List;

/**
 * A look at a running search.
 *
 * @param finished trials that ended since the last look, in the order of their numbers
 * @param trialsPerMinute since the first look; NaN before the first trial has ended
 */
public record Progress(
    StatusDocument status,
    List<WorkerListing.Worker> workers,
    List<TrialDocument> finished,
    double trialsPerMinute) {
  public Progress {
    workers = List.copyOf(workers);
    finished = List.copyOf(finished);
  }
}
