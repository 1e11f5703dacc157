package dev.archipelago.deploy.export;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What is to be said of a file that was written.
 *
 * @param logitChange the largest change of a logit on the network's probe, in units of 1 + |logit|,
 *     where the file could be read again and run
 * @param notes what its readers should know, in sentences; often nothing
 */
public record Written(OptionalDouble logitChange, List<String> notes) {
  public Written {
    notes = List.copyOf(notes);
  }

  static Written unseen() {
    return new Written(OptionalDouble.empty(), List.of());
  }
}
