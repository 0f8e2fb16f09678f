"""PyTorch's eager loop, for `pag bench --compare-pytorch`: the gradient of the summed cross-entropy
with respect to the pixels, ResNet-18 of CIFAR's shape, batch norms in eval mode, float32.

Usage: pytorch_eager.py WIDTH BATCH THREADS (0 for PyTorch's own choice). Prints PyTorch's version;
then for each line N read, runs one step unmeasured and prints the seconds of N further ones.
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if inputs != outputs:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(h)) + self.shortcut(x))


def resnet18(width):
    layers = [nn.Conv2d(3, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
    inputs = width
    for stage in range(4):
        outputs = width << stage
        for block in range(2):
            layers.append(BasicBlock(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
            inputs = outputs
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 10)]
    return nn.Sequential(*layers)


def main():
    width, batch, threads = map(int, sys.argv[1:4])
    if threads > 0:
        torch.set_num_threads(threads)
    torch.manual_seed(0)
    net = resnet18(width).eval()
    for parameter in net.parameters():
        parameter.requires_grad_(False)
    x0 = torch.rand(batch, 3, 32, 32)
    labels = torch.arange(batch) % 10
    mean = torch.tensor([0.4914, 0.4822, 0.4465]).view(1, 3, 1, 1)
    std = torch.tensor([0.2471, 0.2435, 0.2616]).view(1, 3, 1, 1)

    def step():
        started = time.perf_counter()
        x = x0.clone().requires_grad_(True)
        loss = F.cross_entropy(net((x - mean) / std), labels, reduction="sum")
        torch.autograd.grad(loss, x)
        return time.perf_counter() - started

    print(torch.__version__, flush=True)
    for line in sys.stdin:
        step()
        print(*(step() for _ in range(int(line))), flush=True)


main()
