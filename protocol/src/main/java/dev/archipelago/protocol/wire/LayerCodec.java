package dev.archipelago.protocol.wire;

import dev.archipelago.protocol.space.Cell;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.wire.proto.PlanProto.Node;

/** A node's layer, which protobuf holds as one of the node's alternatives. */
final class LayerCodec {
  private LayerCodec() {}

  static void write(Layer layer, Node.Builder node) {
    if (layer instanceof Layer.Input input) {
      node.setInput(Node.Input.newBuilder().setShape(PlanCodec.toProto(input.shape())));
    } else if (layer instanceof Layer.Conv conv) {
      node.setConv(
          Node.Conv.newBuilder()
              .setFilters(conv.filters())
              .setKernelHeight(conv.kernelHeight())
              .setKernelWidth(conv.kernelWidth())
              .setStride(conv.stride())
              .setDilation(conv.dilation())
              .setGroups(conv.groups())
              .setBias(conv.bias()));
    } else if (layer instanceof Layer.BatchNorm) {
      node.setBatchNorm(Node.BatchNorm.getDefaultInstance());
    } else if (layer instanceof Layer.Relu) {
      node.setRelu(Node.Relu.getDefaultInstance());
    } else if (layer instanceof Layer.MaxPool pool) {
      node.setMaxPool(pool(pool.kernel(), pool.stride()));
    } else if (layer instanceof Layer.AvgPool pool) {
      node.setAvgPool(pool(pool.kernel(), pool.stride()));
    } else if (layer instanceof Layer.GlobalAvgPool) {
      node.setGlobalAvgPool(Node.GlobalAvgPool.getDefaultInstance());
    } else if (layer instanceof Layer.Linear linear) {
      node.setLinear(Node.Linear.newBuilder().setOutputs(linear.outputs()));
    } else if (layer instanceof Layer.Add) {
      node.setAdd(Node.Add.getDefaultInstance());
    } else if (layer instanceof Layer.Concat) {
      node.setConcat(Node.Concat.getDefaultInstance());
    } else if (layer instanceof Layer.Sigmoid) {
      node.setSigmoid(Node.Sigmoid.getDefaultInstance());
    } else if (layer instanceof Layer.Relu6) {
      node.setRelu6(Node.Relu6.getDefaultInstance());
    } else if (layer instanceof Layer.HardSigmoid) {
      node.setHardSigmoid(Node.HardSigmoid.getDefaultInstance());
    } else if (layer instanceof Layer.Swish) {
      node.setSwish(Node.Swish.getDefaultInstance());
    } else if (layer instanceof Layer.HardSwish) {
      node.setHardSwish(Node.HardSwish.getDefaultInstance());
    } else if (layer instanceof Layer.Scale) {
      node.setScale(Node.Scale.getDefaultInstance());
    } else if (layer instanceof Layer.Resize resize) {
      node.setResize(Node.Resize.newBuilder().setHeight(resize.height()).setWidth(resize.width()));
    } else if (layer instanceof Layer.Zero zero) {
      node.setZero(Node.Zero.newBuilder().setShape(PlanCodec.toProto(zero.shape())));
    } else if (layer instanceof Layer.Tanh) {
      node.setTanh(Node.Tanh.getDefaultInstance());
    } else if (layer instanceof Layer.Flatten) {
      node.setFlatten(Node.Flatten.getDefaultInstance());
    } else if (layer instanceof Layer.Embedding embedding) {
      node.setEmbedding(
          Node.Embedding.newBuilder()
              .setVocabulary(embedding.vocabulary())
              .setSize(embedding.size()));
    } else if (layer instanceof Layer.Recurrent recurrent) {
      node.setRecurrent(
          Node.Recurrent.newBuilder()
              .setCell(cell(recurrent.cell()))
              .setUnits(recurrent.units())
              .setEveryStep(recurrent.everyStep()));
    } else if (layer instanceof Layer.Choice choice) {
      node.setChoice(Node.Choice.newBuilder().setRow(choice.row()).addAllOptions(choice.options()));
    } else if (layer instanceof Layer.Present) {
      node.setPresent(Node.Present.getDefaultInstance());
    } else if (layer instanceof Layer.Standardize) {
      node.setStandardize(Node.Standardize.getDefaultInstance());
    } else if (layer instanceof Layer.Channels channels) {
      node.setChannels(Node.Channels.newBuilder().setFrom(channels.from()).setTo(channels.to()));
    } else if (layer instanceof Layer.Shuffle shuffle) {
      node.setShuffle(Node.Shuffle.newBuilder().setGroups(shuffle.groups()));
    } else {
      throw new AssertionError("no protobuf form for " + layer);
    }
  }

  static Layer read(Node node) {
    return switch (node.getLayerCase()) {
      case INPUT -> {
        Fields.require(node.getInput().hasShape(), "Node.Input.shape");
        yield new Layer.Input(PlanCodec.fromProto(node.getInput().getShape()));
      }
      case CONV -> conv(node.getConv());
      case BATCH_NORM -> new Layer.BatchNorm();
      case RELU -> new Layer.Relu();
      case MAX_POOL ->
          new Layer.MaxPool(node.getMaxPool().getKernel(), node.getMaxPool().getStride());
      case AVG_POOL ->
          new Layer.AvgPool(node.getAvgPool().getKernel(), node.getAvgPool().getStride());
      case GLOBAL_AVG_POOL -> new Layer.GlobalAvgPool();
      case LINEAR -> new Layer.Linear(node.getLinear().getOutputs());
      case ADD -> new Layer.Add();
      case CONCAT -> new Layer.Concat();
      case SIGMOID -> new Layer.Sigmoid();
      case RELU6 -> new Layer.Relu6();
      case HARD_SIGMOID -> new Layer.HardSigmoid();
      case SWISH -> new Layer.Swish();
      case HARD_SWISH -> new Layer.HardSwish();
      case SCALE -> new Layer.Scale();
      case RESIZE -> new Layer.Resize(node.getResize().getHeight(), node.getResize().getWidth());
      case ZERO -> {
        Fields.require(node.getZero().hasShape(), "Node.Zero.shape");
        yield new Layer.Zero(PlanCodec.fromProto(node.getZero().getShape()));
      }
      case TANH -> new Layer.Tanh();
      case FLATTEN -> new Layer.Flatten();
      case EMBEDDING ->
          new Layer.Embedding(node.getEmbedding().getVocabulary(), node.getEmbedding().getSize());
      case RECURRENT ->
          new Layer.Recurrent(
              cell(node.getRecurrent().getCell()),
              node.getRecurrent().getUnits(),
              node.getRecurrent().getEveryStep());
      case CHOICE -> new Layer.Choice(node.getChoice().getRow(), node.getChoice().getOptionsList());
      case PRESENT -> new Layer.Present();
      case STANDARDIZE -> new Layer.Standardize();
      case CHANNELS -> new Layer.Channels(node.getChannels().getFrom(), node.getChannels().getTo());
      case SHUFFLE -> new Layer.Shuffle(node.getShuffle().getGroups());
      case LAYER_NOT_SET -> throw Fields.missing("Node.layer of \"" + node.getName() + "\"");
    };
  }

  private static Layer conv(Node.Conv conv) {
    return new Layer.Conv(
        conv.getFilters(),
        conv.getKernelHeight(),
        conv.getKernelWidth(),
        conv.getStride(),
        conv.getDilation(),
        conv.getGroups(),
        conv.getBias());
  }

  static Node.Cell cell(Cell cell) {
    return switch (cell) {
      case RNN -> Node.Cell.CELL_RNN;
      case GRU -> Node.Cell.CELL_GRU;
      case LSTM -> Node.Cell.CELL_LSTM;
    };
  }

  static Cell cell(Node.Cell cell) {
    return switch (cell) {
      case CELL_RNN -> Cell.RNN;
      case CELL_GRU -> Cell.GRU;
      case CELL_LSTM -> Cell.LSTM;
      case CELL_UNSPECIFIED, UNRECOGNIZED -> throw Fields.missing("Node.Recurrent.cell");
    };
  }

  private static Node.Pool pool(int kernel, int stride) {
    return Node.Pool.newBuilder().setKernel(kernel).setStride(stride).build();
  }
}
