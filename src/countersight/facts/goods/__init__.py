"""What a deal delivers: lines of bills of quantities with their sums, and the parts named in them, with makers."""
