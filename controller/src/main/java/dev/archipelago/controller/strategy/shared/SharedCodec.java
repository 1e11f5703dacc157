package dev.archipelago.controller.strategy.shared;

import dev.archipelago.controller.strategy.genotype.StateCodec;
import dev.archipelago.protocol.space.SearchSpace;
import dev.archipelago.protocol.trial.Score;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of such a strategy's state as bytes. Numbers are big-endian, doubles their raw bits,
 * digests in modified UTF-8.
 *
 * <p>Every {@code read} throws {@link IllegalArgumentException} if the bytes are not what its
 * {@code write} wrote, and {@link java.io.EOFException} if there are too few.
 */
public final class SharedCodec {
  private SharedCodec() {}

  /** Phase, failures, blobs, number of ends, each with its proposal. */
  public static void write(DataOutputStream out, Progress progress) throws IOException {
    out.writeInt(progress.phase());
    out.writeInt(progress.failed());
    writeTexts(out, progress.blobs().current());
    writeTexts(out, progress.blobs().unneeded());
    out.writeInt(progress.ends().size());
    for (var end : progress.ends().entrySet()) {
      out.writeInt(end.getKey());
      write(out, end.getValue());
    }
  }

  public static Progress readProgress(DataInputStream in, Timetable timetable) throws IOException {
    int phase = in.readInt();
    StateCodec.require(phase >= 0 && phase <= timetable.phases(), "a phase " + phase);
    int failed = in.readInt();
    StateCodec.require(failed >= 0 && failed <= phase, failed + " phases that failed");
    Blobs blobs = new Blobs(readTexts(in), readTexts(in));
    SortedMap<Integer, End> ends = new TreeMap<>();
    for (int left = count(in, "ends"); left > 0; left--) {
      ends.put(in.readInt(), readEnd(in));
    }
    Progress progress = new Progress(timetable, phase, failed, ends, blobs);
    StateCodec.require(ends.keySet().stream().allMatch(progress::reaches), "ends of another phase");
    return progress;
  }

  private static void write(DataOutputStream out, End end) throws IOException {
    writeTexts(out, end.weights().stream().toList());
    out.writeInt(end.scores().size());
    for (Score score : end.scores()) {
      write(out, score);
    }
    out.writeBoolean(end.reward().isPresent());
    if (end.reward().isPresent()) {
      out.writeDouble(end.reward().getAsDouble());
    }
  }

  private static End readEnd(DataInputStream in) throws IOException {
    List<String> weights = readTexts(in);
    StateCodec.require(weights.size() <= 1, weights.size() + " blobs of one round");
    List<Score> scores = new ArrayList<>();
    for (int left = count(in, "scores"); left > 0; left--) {
      scores.add(readScore(in));
    }
    OptionalDouble reward =
        in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty();
    return new End(weights.stream().findFirst(), scores, reward);
  }

  /** Number of networks, each with its values and its score. */
  public static void write(DataOutputStream out, List<Ranked> ranked) throws IOException {
    out.writeInt(ranked.size());
    for (Ranked one : ranked) {
      StateCodec.write(out, one.architecture());
      write(out, one.score());
    }
  }

  public static List<Ranked> readRanked(DataInputStream in, SearchSpace space, int decisions)
      throws IOException {
    List<Ranked> ranked = new ArrayList<>();
    for (int left = count(in, "networks"); left > 0; left--) {
      ranked.add(new Ranked(StateCodec.read(in, space, decisions), readScore(in)));
    }
    return ranked;
  }

  /** Accuracy, loss, number of examples. */
  public static void write(DataOutputStream out, Score score) throws IOException {
    out.writeDouble(score.accuracy());
    out.writeDouble(score.lossNats());
    out.writeInt(score.examples());
  }

  public static Score readScore(DataInputStream in) throws IOException {
    return new Score(in.readDouble(), in.readDouble(), in.readInt());
  }

  private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = count(in, "blobs"); left > 0; left--) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  private static int count(DataInputStream in, String what) throws IOException {
    int count = in.readInt();
    StateCodec.require(count >= 0, count + " " + what);
    return count;
  }
}
