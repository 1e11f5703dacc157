package dev.archipelago.controller.strategy.predictor;

import dev.archipelago.controller.strategy.Ask;
import dev.archipelago.controller.strategy.Strategy;
import dev.archipelago.controller.strategy.Told;
import dev.archipelago.controller.strategy.genotype.Archive;
import dev.archipelago.controller.strategy.genotype.Entry;
import dev.archipelago.controller.strategy.genotype.Genotypes;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Architecture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The state of {@link Predictor}: what was proposed, and what came of it. Telling costs next to
 * nothing; the models are fitted when the next proposal is asked for.
 */
record Survey(Predictor settings, Archive archive) implements Strategy {

  /** Of a parent's neighbours so many are candidates, drawn where there are more. */
  private static final int NEIGHBOURS = 40;

  private record Candidate(Architecture architecture, double score) {}

  @Override
  public Ask ask(int proposal, SplitMix64 random) {
    return chosen(random)
        .or(() -> archive.fresh(random))
        .<Ask>map(Ask.Propose::new)
        .orElseGet(() -> new Ask.Exhausted(archive.exhausted()));
  }

  /** Empty where a random proposal is due, or every candidate is known. */
  private Optional<Architecture> chosen(SplitMix64 random) {
    List<Entry.Scored> results = archive.scored();
    if (results.size() < 2 || archive.entries().size() < settings.initial()) {
      return Optional.empty();
    }
    List<Entry.Scored> ranked = new ArrayList<>(results);
    ranked.sort(Comparator.comparingDouble(Entry.Scored::reward).reversed());
    Collection<Entry.Scored> training = training(results, ranked);
    GaussianProcess model = Ensemble.fit(points(training), scores(training), open()).draw(random);
    List<Candidate> candidates = new ArrayList<>();
    for (Architecture architecture : candidates(ranked, random)) {
      Forecast forecast = model.at(architecture.toArray());
      candidates.add(new Candidate(architecture, drawn(forecast, random)));
    }
    candidates.sort(Comparator.comparingDouble(Candidate::score).reversed());
    return candidates.stream()
        .map(Candidate::architecture)
        .filter(architecture -> !archive.knows(architecture))
        .findFirst();
  }

  /** Independent Thompson sampling, §5: a value that the candidate might have. */
  private double drawn(Forecast forecast, SplitMix64 random) {
    double normal = NormalScores.quantile(random.nextDouble() + 0x1p-54);
    return forecast.mean() + settings.exploration() * forecast.deviation() * normal;
  }

  /** Half of the best, half of the latest, where all would be too many. */
  private Collection<Entry.Scored> training(List<Entry.Scored> results, List<Entry.Scored> ranked) {
    int most = settings.training();
    if (results.size() <= most) {
      return results;
    }
    Set<Entry.Scored> chosen = new LinkedHashSet<>(ranked.subList(0, most / 2));
    for (int i = results.size() - 1; i >= 0 && chosen.size() < most; i--) {
      chosen.add(results.get(i));
    }
    return chosen;
  }

  private Set<Architecture> candidates(List<Entry.Scored> ranked, SplitMix64 random) {
    Genotypes genotypes = archive.genotypes();
    Set<Architecture> candidates = new LinkedHashSet<>();
    for (Entry.Scored parent : ranked.subList(0, Math.min(settings.parents(), ranked.size()))) {
      int[] order = IntStream.range(0, genotypes.neighbours()).toArray();
      if (order.length > NEIGHBOURS) {
        random.shuffle(order);
      }
      for (int i = 0; i < Math.min(order.length, NEIGHBOURS); i++) {
        candidates.add(genotypes.neighbour(parent.architecture(), order[i]));
      }
    }
    for (int i = 0; i < settings.random(); i++) {
      candidates.add(archive.space().sample(random));
    }
    return candidates;
  }

  /** How many decisions are any. */
  private int open() {
    return (int) archive.genotypes().cardinalities().stream().filter(c -> c > 1).count();
  }

  private static List<int[]> points(Collection<Entry.Scored> results) {
    return results.stream().map(result -> result.architecture().toArray()).toList();
  }

  private static double[] scores(Collection<Entry.Scored> results) {
    return NormalScores.of(results.stream().mapToDouble(Entry.Scored::reward).toArray());
  }

  @Override
  public Survey proposed(int proposal, Architecture architecture) {
    return new Survey(settings, archive.proposed(proposal, architecture));
  }

  @Override
  public Survey tell(Told told) {
    return new Survey(settings, archive.tell(told));
  }

  @Override
  public byte[] encode() {
    return SurveyCodec.encode(this);
  }
}
