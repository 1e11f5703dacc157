package dev.archipelago.controller.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.archipelago.controller.journal.proto.JournalProto;
import dev.archipelago.controller.search.Fact;
import dev.archipelago.controller.search.Search;
import dev.archipelago.controller.search.SearchState;
import java.util.Optional;

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
}
