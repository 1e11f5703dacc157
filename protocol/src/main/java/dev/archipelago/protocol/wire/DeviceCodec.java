package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.device.Capability;
import dev.archipelago.protocol.device.Device;
import dev.archipelago.protocol.device.DeviceKind;
import dev.archipelago.protocol.device.DeviceReading;
import dev.archipelago.protocol.wire.ToController.WorkerDescription;
import dev.archipelago.protocol.wire.proto.WorkerProto;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a worker is and what its device does, to protobuf and back. */
public final class DeviceCodec {
  private DeviceCodec() {}

  static WorkerProto.WorkerDescription toProto(WorkerDescription description) {
    Device device = description.device();
    return WorkerProto.WorkerDescription.newBuilder()
        .setHost(description.host())
        .setPid(description.pid())
        .setDevice(device.id())
        .setDeviceKind(toProto(device.kind()))
        .setDeviceName(device.name())
        .setDeviceMemoryBytes(device.memoryBytes())
        .setDeviceDeclared(device.declared())
        .setEngine(description.engine())
        .addAllCapabilities(
            description.capabilities().stream().sorted().map(DeviceCodec::toProto).toList())
        .setCores(description.cores())
        .setMemoryBytes(description.memoryBytes())
        .build();
  }

  static WorkerDescription fromProto(WorkerProto.WorkerDescription proto) {
    return new WorkerDescription(
        proto.getHost(),
        proto.getPid(),
        new Device(
            proto.getDevice(),
            kind(proto),
            proto.getDeviceName(),
            proto.getDeviceMemoryBytes(),
            proto.getDeviceDeclared()),
        proto.getEngine(),
        known(proto),
        proto.getCores(),
        proto.getMemoryBytes());
  }

  /** One that is not said, or that this version does not know, is what the id begins with. */
  private static DeviceKind kind(WorkerProto.WorkerDescription proto) {
    return switch (proto.getDeviceKind()) {
      case DEVICE_KIND_CPU -> DeviceKind.CPU;
      case DEVICE_KIND_CUDA -> DeviceKind.CUDA;
      case DEVICE_KIND_UNSPECIFIED, UNRECOGNIZED -> DeviceKind.of(proto.getDevice());
    };
  }

  static WorkerProto.DeviceKind toProto(DeviceKind kind) {
    return switch (kind) {
      case CPU -> WorkerProto.DeviceKind.DEVICE_KIND_CPU;
      case CUDA -> WorkerProto.DeviceKind.DEVICE_KIND_CUDA;
    };
  }

  /** What a newer worker can do besides is of no use to this version. */
  private static Set<Capability> known(WorkerProto.WorkerDescription proto) {
    return proto.getCapabilitiesList().stream()
        .flatMap(DeviceCodec::fromProto)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Also for messages between controllers. */
  public static WorkerProto.Capability toProto(Capability capability) {
    return switch (capability) {
      case SUPERNETS -> WorkerProto.Capability.CAPABILITY_SUPERNETS;
      case RECURRENT -> WorkerProto.Capability.CAPABILITY_RECURRENT;
      case PROXIES -> WorkerProto.Capability.CAPABILITY_PROXIES;
      case BF16 -> WorkerProto.Capability.CAPABILITY_BF16;
    };
  }

  /** Nothing for one that this version does not know. */
  public static Stream<Capability> fromProto(WorkerProto.Capability proto) {
    return switch (proto) {
      case CAPABILITY_SUPERNETS -> Stream.of(Capability.SUPERNETS);
      case CAPABILITY_RECURRENT -> Stream.of(Capability.RECURRENT);
      case CAPABILITY_PROXIES -> Stream.of(Capability.PROXIES);
      case CAPABILITY_BF16 -> Stream.of(Capability.BF16);
      case CAPABILITY_UNSPECIFIED, UNRECOGNIZED -> Stream.empty();
    };
  }

  static WorkerProto.DeviceReading toProto(DeviceReading reading) {
    WorkerProto.DeviceReading.Builder proto = WorkerProto.DeviceReading.newBuilder();
    reading.utilization().ifPresent(proto::setUtilization);
    reading.usedBytes().ifPresent(proto::setUsedBytes);
    reading.powerWatts().ifPresent(proto::setPowerWatts);
    return proto.build();
  }

  static DeviceReading fromProto(WorkerProto.DeviceReading proto) {
    return new DeviceReading(
        proto.hasUtilization() ? OptionalDouble.of(proto.getUtilization()) : OptionalDouble.empty(),
        proto.hasUsedBytes() ? OptionalLong.of(proto.getUsedBytes()) : OptionalLong.empty(),
        proto.hasPowerWatts() ? OptionalDouble.of(proto.getPowerWatts()) : OptionalDouble.empty());
  }
}
