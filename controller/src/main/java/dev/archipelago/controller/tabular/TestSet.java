package dev.archipelago.controller.tabular;

/**
 * A data set whose held-out images NAS-Bench-201 reports accuracies on (arXiv:2001.00326, §2.2).
 */
public enum TestSet {
  CIFAR10("cifar10", "c10_test_e200"),
  CIFAR100("cifar100", "c100_test_e200"),
  IMAGENET16_120("imagenet16-120", "in16_test_e200");

  private final String key;
  private final String column;

  TestSet(String key, String column) {
    this.key = key;
    this.column = column;
  }

  /** Its name in documents. */
  public String key() {
    return key;
  }

  String column() {
    return column;
  }
}
