package dev.archipelago.controller.strategy.evolution;

import dev.archipelago.controller.strategy.genotype.StateCodec;
import dev.archipelago.protocol.space.Architecture;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Population} as bytes: results told, number of members, each one's number, reward and
 * values, number of proposals, each one's values.
 */
final class PopulationCodec {
  private static final int FORMAT = 9;

  private PopulationCodec() {}

  static byte[] encode(Population population) {
    return StateCodec.encode(
        FORMAT,
        out -> {
          out.writeInt(population.told());
          out.writeInt(population.members().size());
          for (Member member : population.members()) {
            out.writeInt(member.proposal());
            out.writeDouble(member.reward());
            StateCodec.write(out, member.architecture());
          }
          out.writeInt(population.proposals().size());
          for (Architecture architecture : population.proposals()) {
            StateCodec.write(out, architecture);
          }
        });
  }

  static Population decode(Population empty, byte[] state) {
    SearchSpace space = empty.space();
    int decisions = empty.genotypes().cardinalities().size();
    return StateCodec.decode(
        FORMAT,
        state,
        in -> {
          int told = in.readInt();
          int size = in.readInt();
          StateCodec.require(
              size >= 0 && size <= empty.settings().population(), "a population of " + size);
          List<Member> members = new ArrayList<>(size);
          for (int i = 0; i < size; i++) {
            int number = in.readInt();
            double reward = in.readDouble();
            members.add(new Member(number, StateCodec.read(in, space, decisions), reward));
          }
          Population population = empty;
          int proposals = in.readInt();
          StateCodec.require(
              told >= 0 && told <= proposals, told + " results of " + proposals + " proposals");
          for (int i = 0; i < proposals; i++) {
            population = population.proposed(i, StateCodec.read(in, space, decisions));
          }
          return new Population(
              empty.settings(),
              space,
              empty.genotypes(),
              members,
              population.proposals(),
              population.known(),
              told);
        });
  }
}
