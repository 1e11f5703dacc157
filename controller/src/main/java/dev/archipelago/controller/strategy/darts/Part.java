package dev.archipelago.controller.strategy.darts;

import dev.archipelago.controller.strategy.Told;
import dev.archipelago.protocol.space.Ragged;
import dev.archipelago.protocol.trial.Round.Alphas;
import dev.archipelago.protocol.trial.Score;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What one proposal of training gave, or several merged.
 *
 * @param blobs SHA-256 of the weights
 * @param accuracy of the mixture on held-out examples, a fraction; empty where it is not known
 * @param curvature NaN where it was not asked for
 */
record Part(Alphas alphas, List<String> blobs, OptionalDouble accuracy, double curvature) {
  Part {
    blobs = List.copyOf(blobs);
  }

  /** Empty where the round failed, or gave what cannot be gone on from. */
  static Optional<Part> of(Told told, Alphas before) {
    return told.round()
        .flatMap(
            round ->
                round
                    .report()
                    .alphas()
                    .filter(after -> follows(after, before))
                    .map(
                        after ->
                            new Part(
                                after,
                                List.of(round.weights()),
                                accuracy(round),
                                round.report().curvature())));
  }

  private static OptionalDouble accuracy(Told.RoundResult round) {
    return round.validation().stream()
        .mapToDouble(Score::accuracy)
        .filter(Double::isFinite)
        .findFirst();
  }

  private static boolean follows(Alphas after, Alphas before) {
    return List.of(after.values(), after.first(), after.second()).stream()
        .allMatch(
            numbers ->
                numbers.fits(before.values())
                    && numbers.rows().stream()
                        .flatMap(List::stream)
                        .allMatch(number -> Double.isFinite(number)));
  }

  /**
   * Parts that began alike: means of the alphas, of both of Adam's moments and of what was
   * measured.
   *
   * @param parts at least one, in the order of the proposals
   */
  static Part merged(List<Part> parts) {
    Alphas alphas =
        new Alphas(
            mean(parts, part -> part.alphas().values()),
            mean(parts, part -> part.alphas().first()),
            mean(parts, part -> part.alphas().second()),
            parts.stream().mapToLong(part -> part.alphas().updates()).max().orElse(0));
    return new Part(
        alphas,
        parts.stream().flatMap(part -> part.blobs().stream()).distinct().toList(),
        parts.stream().flatMapToDouble(part -> part.accuracy().stream()).average(),
        parts.stream().mapToDouble(Part::curvature).average().orElse(Double.NaN));
  }

  private static Ragged mean(List<Part> parts, Function<Part, Ragged> numbers) {
    Ragged sum = numbers.apply(parts.get(0));
    for (Part part : parts.subList(1, parts.size())) {
      sum = sum.with(numbers.apply(part), Double::sum);
    }
    return parts.size() == 1 ? sum : sum.map(x -> x / parts.size());
  }
}
