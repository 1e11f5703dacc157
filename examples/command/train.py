"""A program that Archipelago runs for every trial: `evaluation.command` (docs/spec.md).

It reads one JSON document on standard input, trains a network of the architecture that stands
there, and writes JSON lines on standard output. Here that is a network of a few hidden layers on
scikit-learn's 8x8 digits, in plain Python without a library; a trial takes seconds.

The architecture is one of the space `mlp`: how many hidden layers, and of each its units and its
activation:
    {"network/depth": "2", "layer_0/units": "16", "layer_0/activation": "relu", ...}
Layers beyond the depth do not count.

With PyTorch the shape is the same, and only `fit` changes:
    network = build(request["architecture"]).to(request["device"])
    torch.manual_seed(request["seed"] % 2**63)
    for epoch in range(1, request["epochs"] + 1):
        loss = train_one_epoch(network)
        print(json.dumps({"epoch": epoch, "train_loss": loss, **validate(network)}), flush=True)
"""

import csv
import gzip
import json
import math
import os
import random
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DIGITS = os.path.join(HERE, "..", "data", "digits.csv.gz")
CLASSES = 10

FUNCTIONS = {
    "relu": lambda v: max(v, 0.0),
    "tanh": math.tanh,
    "sigmoid": lambda v: (1 + math.tanh(v / 2)) / 2,
}
SLOPES = {  # of a function's value
    "relu": lambda v: float(v > 0),
    "tanh": lambda v: 1 - v * v,
    "sigmoid": lambda v: v * (1 - v),
}


def main():
    request = json.load(sys.stdin)
    rng = random.Random(request["seed"])
    train, validation, test = split(read(os.environ.get("DIGITS", DIGITS)))
    final = request["stage"] == "final"
    if final:
        train, validation = train + validation, []
    network = Network(request["architecture"], rng)
    rate = min(request["learning_rate"], 0.1)
    for epoch in range(1, request["epochs"] + 1):
        # The same fall of the learning rate as the built-in training's: a cosine to 0.
        fall = (1 + math.cos(math.pi * (epoch - 1) / request["max_epochs"])) / 2
        rng.shuffle(train)
        loss = network.fit(train, rate * fall, request["momentum"])
        line = {"epoch": epoch, "train_loss": loss}
        if validation:
            line["accuracy"], line["loss"], _ = network.score(validation)
        print(json.dumps(line), flush=True)
    result = {"params": network.params(), "latency_ms": latency(network, train)}
    if final:
        accuracy, loss, correct = network.score(test)
        result.update(test_accuracy=accuracy, test_loss=loss, correct=correct)
    else:
        result["examples"] = len(validation)
    print(json.dumps(result), flush=True)


def read(path):
    """Pairs of 64 values in [-1, 1] and a label."""
    with gzip.open(path, "rt", newline="") as file:
        rows = [[int(value) for value in row] for row in csv.reader(file)]
    return [([pixel / 8 - 1 for pixel in row[:-1]], row[-1]) for row in rows]


def split(examples):
    """1,000 to train on, 400 to choose by, the rest for the one look at the end: always the same."""
    order = list(examples)
    random.Random(0).shuffle(order)
    return order[:1000], order[1000:1400], order[1400:]


class Network:
    """Dense layers, trained by momentum SGD one example at a time."""

    def __init__(self, architecture, rng):
        sizes, self.kinds = [64], []
        for layer in range(int(architecture["network/depth"])):
            sizes.append(int(architecture[f"layer_{layer}/units"]))
            self.kinds.append(architecture[f"layer_{layer}/activation"])
        sizes.append(CLASSES)
        self.weights = []  # by layer and output: the inputs' weights, then the bias
        for number, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
            relu = number < len(self.kinds) and self.kinds[number] == "relu"
            deviation = math.sqrt((2 if relu else 1) / inputs)
            self.weights.append(
                [[rng.gauss(0, deviation) for _ in range(inputs)] + [0.0] for _ in range(outputs)])
        self.moved = [[[0.0] * len(row) for row in layer] for layer in self.weights]

    def params(self):
        return sum(len(row) for layer in self.weights for row in layer)

    def activations(self, image):
        """The outputs of all layers, the image first and the logits last."""
        values = [image]
        for number, layer in enumerate(self.weights):
            x = values[-1]
            y = [sum(map(float.__mul__, row, x), row[-1]) for row in layer]
            if number < len(self.kinds):
                function = FUNCTIONS[self.kinds[number]]
                y = [function(v) for v in y]
            values.append(y)
        return values

    def fit(self, examples, rate, momentum):
        """One pass; gives the mean loss in nats."""
        rate = rate * (1 - momentum) / 4  # one example a step: small steps
        total = 0.0
        for image, label in examples:
            values = self.activations(image)
            chances = softmax(values[-1])
            total -= math.log(max(chances[label], 1e-12))
            error = [chance - (c == label) for c, chance in enumerate(chances)]
            for number in range(len(self.weights) - 1, -1, -1):
                x = values[number]
                layer, moved = self.weights[number], self.moved[number]
                below = [0.0] * len(x)
                for o, e in enumerate(error):
                    if e != 0.0:
                        row = layer[o]
                        if number > 0:
                            below = [b + e * w for b, w in zip(below, row)]
                        step = moved[o]
                        for i, value in enumerate(x):
                            step[i] = momentum * step[i] - rate * e * value
                            row[i] += step[i]
                        step[-1] = momentum * step[-1] - rate * e
                        row[-1] += step[-1]
                if number > 0:
                    slope = SLOPES[self.kinds[number - 1]]
                    error = [b * slope(v) for b, v in zip(below, x)]
        return total / len(examples)

    def score(self, examples):
        """Accuracy, mean loss in nats, and 1 or 0 for each example."""
        loss = 0.0
        correct = []
        for image, label in examples:
            chances = softmax(self.activations(image)[-1])
            loss -= math.log(max(chances[label], 1e-12))
            correct.append(int(max(range(CLASSES), key=chances.__getitem__) == label))
        return sum(correct) / len(correct), loss / len(examples), correct


def softmax(logits):
    top = max(logits)
    powers = [math.exp(value - top) for value in logits]
    return [power / sum(powers) for power in powers]


def latency(network, examples):
    """Median of 21 forward passes of one image, in milliseconds."""
    times = []
    for image, _ in examples[:21]:
        start = time.perf_counter()
        network.activations(image)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[len(times) // 2]


if __name__ == "__main__":
    main()
