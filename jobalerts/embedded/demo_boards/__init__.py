"""Made-up companies whose boards answer in the vendors' real forms: a first look without internet, and tests."""
