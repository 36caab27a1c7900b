"""The task API under `/v1.3`: official `twelvelabs` clients work by changing their base address."""
