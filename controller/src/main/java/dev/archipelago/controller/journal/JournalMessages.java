package dev.archipelago.controller.journal;

import dev.archipelago.controller.journal.proto.JournalProto;
import dev.archipelago.controller.search.Commit;
import dev.archipelago.controller.search.SearchState;
import dev.archipelago.protocol.wire.Fields;
import dev.archipelago.protocol.wire.WireCodec;
import dev.archipelago.protocol.wire.WireCodecs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The codecs of what enters the journal: commits and snapshots. */
public final class JournalMessages implements WireCodecs {

  @Override
  public List<WireCodec<?>> codecs() {
    SnapshotCodec snapshots = new SnapshotCodec(new RecordedSpecs());
    return List.of(
        WireCodec.journalled(
            "Commit/1",
            Commit.class,
            JournalProto.Commit.parser(),
            JournalMessages::toProto,
            JournalMessages::fromProto),
        WireCodec.journalled(
            "Snapshot/1",
            SearchState.class,
            JournalProto.Snapshot.parser(),
            SnapshotCodec::toProto,
            snapshots::fromProto));
  }

  static JournalProto.Commit toProto(Commit commit) {
    Commit.Header header = commit.header();
    return JournalProto.Commit.newBuilder()
        .setHeader(
            JournalProto.CommitHeader.newBuilder()
                .setSchema(header.schema())
                .setAlgorithm(header.algorithm())
                .setSpecHash(header.specHash())
                .setAtMillis(header.at().toEpochMilli())
                .setRunningNanos(header.running().toNanos()))
        .addAllFacts(commit.facts().stream().map(FactCodec::toProto).toList())
        .build();
  }

  static Commit fromProto(JournalProto.Commit proto) {
    Fields.require(proto.hasHeader(), "Commit.header");
    JournalProto.CommitHeader header = proto.getHeader();
    if (header.getSchema() != Commit.SCHEMA) {
      throw new IllegalArgumentException(
          "the journal has schema %d, this program reads %d"
              .formatted(header.getSchema(), Commit.SCHEMA));
    }
    return new Commit(
        new Commit.Header(
            header.getSchema(),
            header.getAlgorithm(),
            header.getSpecHash(),
            Instant.ofEpochMilli(header.getAtMillis()),
            Duration.ofNanos(header.getRunningNanos())),
        proto.getFactsList().stream().map(FactCodec::fromProto).toList());
  }
}
