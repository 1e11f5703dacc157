package dev.archipelago.controller.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.archipelago.controller.journal.proto.JournalProto;
import dev.archipelago.controller.search.Fact;
import dev.archipelago.controller.search.Search;
import dev.archipelago.controller.search.SearchState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Facts and states through the bytes that a journal holds, for tests. */
public final class JournalBytes {
  private static final SnapshotCodec SNAPSHOTS = new SnapshotCodec(new RecordedSpecs());

  private JournalBytes() {}

  public static byte[] of(Search search) {
    return SnapshotCodec.toProto(new SearchState(Optional.of(search))).toByteArray();
  }

  public static Search copy(Search search) {
    try {
      return SNAPSHOTS
          .fromProto(JournalProto.Snapshot.parseFrom(of(search)))
          .search()
          .orElseThrow();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  public static Fact copy(Fact fact) {
    try {
      return FactCodec.fromProto(
          JournalProto.Fact.parseFrom(FactCodec.toProto(fact).toByteArray()));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** Facts as a file. */
  public static byte[] compressed(List<Fact> facts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      for (Fact fact : facts) {
        FactCodec.toProto(fact).writeDelimitedTo(out);
      }
    }
    return bytes.toByteArray();
  }

  /** The facts of such a file. */
  public static List<Fact> decompressed(byte[] file) throws IOException {
    List<Fact> facts = new ArrayList<>();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
      JournalProto.Fact fact = JournalProto.Fact.parseDelimitedFrom(in);
      while (fact != null) {
        facts.add(FactCodec.fromProto(fact));
        fact = JournalProto.Fact.parseDelimitedFrom(in);
      }
    }
    return facts;
  }
}
