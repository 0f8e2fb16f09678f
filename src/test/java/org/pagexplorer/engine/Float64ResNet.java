package org.pagexplorer.engine;

/** The network of the shipped files in PyTorch's float64, for Python. */
final class Float64ResNet {
  /** {@code load(model)} reads a file's weights, and {@code network(weights)} is its logits. */
  static final String DEFINED =
      """
      import json, struct, sys
      import numpy as np
      import torch
      import torch.nn.functional as F

      torch.set_num_threads(1)

      def load(model):
          data = open(model, "rb").read()
          size = struct.unpack("<Q", data[:8])[0]
          header = json.loads(data[8 : 8 + size])
          card = header.pop("__metadata__")
          kinds = {"F16": "<f2", "F32": "<f4", "I64": "<i8"}
          w = {}
          for name, t in header.items():
              begin, end = (8 + size + o for o in t["data_offsets"])
              values = np.frombuffer(data[begin:end], kinds[t["dtype"]]).reshape(t["shape"])
              w[name] = torch.from_numpy(values.astype(np.float64))
          for key in ("mean", "std"):
              w[key] = torch.tensor(json.loads(card[key])).double().view(1, 3, 1, 1)
          return w

      def network(w):
          def norm(x, name):
              kinds = (".running_mean", ".running_var", ".weight", ".bias")
              return F.batch_norm(x, *(w[name + kind] for kind in kinds))

          def f(x):
              x = F.conv2d((x - w["mean"]) / w["std"], w["conv1.weight"], padding=1)
              x = F.relu(norm(x, "bn1"))
              for layer in "1234":
                  for block in "01":
                      p = f"layer{layer}.{block}."
                      s = 2 if layer > "1" and block == "0" else 1
                      y = F.conv2d(x, w[p + "conv1.weight"], stride=s, padding=1)
                      y = F.conv2d(F.relu(norm(y, p + "bn1")), w[p + "conv2.weight"], padding=1)
                      if p + "shortcut.0.weight" in w:
                          x = norm(F.conv2d(x, w[p + "shortcut.0.weight"], stride=s), p + "shortcut.1")
                      x = F.relu(x + norm(y, p + "bn2"))
              return F.linear(F.avg_pool2d(x, 4).flatten(1), w["linear.weight"], w["linear.bias"])

          return f

      """;

  private Float64ResNet() {}
}
