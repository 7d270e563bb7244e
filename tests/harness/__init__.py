"""What end-to-end, fault and backup tests and the benchmark share: a whole system of their own, and its REST API."""
