"""More residual networks, under the names of their published classes; see foreign_models.py."""
from foreign_models import *


class Padded(nn.Module):
    """akamaster/pytorch_resnet_cifar10's LambdaLayer: every second pixel, and channels of zeros."""

    def __init__(self, planes):
        super().__init__()
        self.planes = planes

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.planes // 4, self.planes // 4))


class CifarResNet(nn.Module):
    """He et al., section 4.2: akamaster's, or chenyaofo/pytorch-cifar-models with projections."""

    def __init__(self, depth, names="linear", classes=10):
        super().__init__()
        n, i = (depth - 2) // 6, 16
        self.conv1, self.bn1, self.names = conv(3, 16, 3), nn.BatchNorm2d(16), names
        for stage in range(3):
            planes, layers = 16 << stage, []
            for b in range(n):
                stride = 2 if stage > 0 and b == 0 else 1
                block = Residual(i, planes, stride, False,
                                 "shortcut" if names == "linear" else "downsample")
                if names == "linear" and stride == 2:
                    block.shortcut = nn.Sequential(Padded(planes))
                layers.append(block)
                i = planes
            setattr(self, "layer%d" % (stage + 1), nn.Sequential(*layers))
        setattr(self, names, nn.Linear(i, classes))

    def forward(self, x):
        h = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return getattr(self, self.names)(h.mean((2, 3)))


class SmallStem(nn.Module):
    """torchvision's ResNet with the stem that people give it for CIFAR."""

    def __init__(self, blocks, width, bottleneck=False, pooled=False):
        super().__init__()
        net = ResNet(blocks, width, bottleneck, torchvision=True)
        self.conv1, self.bn1, self.pooled = conv(3, width, 3), net.bn1, pooled
        self.layer1, self.layer2, self.layer3, self.layer4 = net.layer1, net.layer2, net.layer3, net.layer4
        self.fc = net.fc

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        h = F.max_pool2d(h, 3, 2, 1) if self.pooled else h
        return self.fc(self.layer4(self.layer3(self.layer2(self.layer1(h)))).mean((2, 3)))


class OtherHead(nn.Module):
    """kuangliu's ResNet whose last layer is called otherwise, or is in a Sequential."""

    def __init__(self, name, head):
        super().__init__()
        net = ResNet([2, 2, 2, 2], 5)
        self.conv1, self.bn1 = net.conv1, net.bn1
        self.layer1, self.layer2, self.layer3, self.layer4 = net.layer1, net.layer2, net.layer3, net.layer4
        self.name = name
        setattr(self, name, head)

    def forward(self, x):
        h = F.relu(self.bn1(self.conv1(x)))
        return getattr(self, self.name)(self.layer4(self.layer3(self.layer2(self.layer1(h)))).mean((2, 3)))


class WeiBlock(nn.Module):
    def __init__(self, i, planes, stride, bottleneck):
        super().__init__()
        o = 4 * planes if bottleneck else planes
        inner = [conv(i, planes, 1), nn.BatchNorm2d(planes), nn.ReLU(), conv(planes, planes, 3, stride),
                 nn.BatchNorm2d(planes), nn.ReLU(), conv(planes, o, 1), nn.BatchNorm2d(o)]
        basic = [conv(i, planes, 3, stride), nn.BatchNorm2d(planes), nn.ReLU(), conv(planes, o, 3),
                 nn.BatchNorm2d(o)]
        self.residual_function = nn.Sequential(*(inner if bottleneck else basic))
        down = stride != 1 or i != o
        self.shortcut = nn.Sequential(*([conv(i, o, 1, stride), nn.BatchNorm2d(o)] if down else []))
        self.out = o

    def forward(self, x):
        return F.relu(self.residual_function(x) + self.shortcut(x))


class WeiResNet(nn.Module):
    """weiaicunzai/pytorch-cifar100"""

    def __init__(self, counts, width, bottleneck):
        super().__init__()
        self.conv1 = nn.Sequential(conv(3, width, 3), nn.BatchNorm2d(width), nn.ReLU())
        i = width
        for stage, count in enumerate(counts):
            layers = []
            for b in range(count):
                layers.append(WeiBlock(i, width << stage, 2 if stage and b == 0 else 1, bottleneck))
                i = layers[-1].out
            setattr(self, "conv%d_x" % (stage + 2), nn.Sequential(*layers))
        self.fc = nn.Linear(i, 10)

    def forward(self, x):
        return self.fc(self.conv5_x(self.conv4_x(self.conv3_x(self.conv2_x(self.conv1(x))))).mean((2, 3)))


class PreActBottleneck(nn.Module):
    def __init__(self, i, planes, stride):
        super().__init__()
        self.bn1, self.conv1 = nn.BatchNorm2d(i), conv(i, planes, 1)
        self.bn2, self.conv2 = nn.BatchNorm2d(planes), conv(planes, planes, 3, stride)
        self.bn3, self.conv3 = nn.BatchNorm2d(planes), conv(planes, 4 * planes, 1)
        if stride != 1 or i != 4 * planes:
            self.shortcut = nn.Sequential(conv(i, 4 * planes, 1, stride))

    def forward(self, x):
        a = F.relu(self.bn1(x))
        s = self.shortcut(a) if hasattr(self, "shortcut") else x
        return self.conv3(F.relu(self.bn3(self.conv2(F.relu(self.bn2(self.conv1(a))))))) + s


class DeepPreAct(nn.Module):
    def __init__(self, width, kind, last, *more):
        super().__init__()
        self.conv1, i = conv(3, width, 3), width
        for stage, count in enumerate([3, 4, 6, 3]):
            planes, layers = width << stage, []
            for b in range(count):
                layers.append(kind(i, planes, 2 if stage and b == 0 else 1, *more))
                i = 4 * planes if kind is PreActBottleneck else planes
            setattr(self, "layer%d" % (stage + 1), nn.Sequential(*layers))
        if last:
            self.bn = nn.BatchNorm2d(i)
        self.linear = nn.Linear(i, 10)

    def forward(self, x):
        h = self.layer4(self.layer3(self.layer2(self.layer1(self.conv1(x)))))
        h = F.relu(self.bn(h)) if hasattr(self, "bn") else h
        return self.linear(F.avg_pool2d(h, 4).flatten(1))


class DmDeepPreAct(DmPreActResNet):
    def __init__(self, width, act):
        super().__init__(width, act)
        i = width
        for stage, count in enumerate([3, 4, 6, 3]):
            setattr(self, "layer_%d" % stage, nn.Sequential(
                *blocks(DmPreAct, count, i, width << stage, 2 if stage else 1, act)))
            i = width << stage


def wide(net):
    """torchvision's wide ResNets: the convolutions inside a bottleneck are twice as wide."""
    for block in net.modules():
        if isinstance(block, Residual):
            i, planes, o = block.conv1.in_channels, block.conv1.out_channels, block.out
            stride = block.conv2.stride[0]
            block.conv1, block.bn1 = conv(i, 2 * planes, 1), nn.BatchNorm2d(2 * planes)
            block.conv2, block.bn2 = conv(2 * planes, 2 * planes, 3, stride), nn.BatchNorm2d(2 * planes)
            block.conv3 = conv(2 * planes, o, 1)
    return net


def main():
    deeper, deepest = [3, 4, 6, 3], [3, 4, 23, 3]
    relu, swish = F.relu, lambda x: x * torch.sigmoid(x)
    save("resnet101", ResNet(deepest, 2, True))
    save("resnet152", ResNet([3, 8, 36, 3], 2, True))
    save("torchvision-resnet101", ResNet(deepest, 2, True, True), side=64)
    save("torchvision-resnet152", ResNet([3, 8, 36, 3], 2, True, True), side=64)
    save("torchvision-wide-resnet50-2", wide(ResNet(deeper, 2, True, True)), side=64)
    save("torchvision-wide-resnet101-2", wide(ResNet(deepest, 2, True, True)), side=64)
    for depth in [20, 32, 44, 56, 110]:
        save("cifar-resnet%d" % depth, CifarResNet(depth), wrap=renamed("module."))
    save("cifar-resnet14-b", CifarResNet(14, "fc"))
    save("resnet18-pooled", SmallStem([2, 2, 2, 2], 4, pooled=True))
    save("resnet34-pooled", SmallStem(deeper, 2, pooled=True))
    save("resnet50-pooled", SmallStem(deeper, 2, True, pooled=True))
    save("preact-resnet34", DeepPreAct(3, PreAct, False, False))
    save("preact-resnet34-bn", DeepPreAct(3, PreAct, True, False))
    save("preact-resnet34-v2", DeepPreAct(3, PreAct, False, True))
    save("preact-resnet34-v2-bn", DeepPreAct(3, PreAct, True, True))
    save("preact-resnet50", DeepPreAct(3, PreActBottleneck, False))
    save("preact-resnet50-bn", DeepPreAct(3, PreActBottleneck, True))
    save("dm-preact-resnet34", DmDeepPreAct(3, swish))
    save("dm-preact-resnet34-relu", DmDeepPreAct(3, relu))
    for depth in [10, 16, 40]:
        save("wideresnet%d" % depth, WideResNet(depth, 1))
    for depth in [82, 94, 106]:
        save("dm-wideresnet%d" % depth, DmWideResNet(depth, 1, swish))
    save("dm-wideresnet16-relu", DmWideResNet(16, 2, relu))
    # the same networks under other names
    save("small-stem-18", SmallStem([2, 2, 2, 2], 4))
    save("small-stem-34", SmallStem(deeper, 3), wrap=lambda s: {"state_dict": renamed("model.")(s)})
    save("small-stem-50", SmallStem(deeper, 3, True))
    save("head-fc", OtherHead("fc", nn.Linear(40, 10)))
    save("head-classifier", OtherHead("classifier", nn.Linear(40, 10)))
    save("head-sequential", OtherHead("linear", nn.Sequential(nn.Dropout(0.2), nn.Linear(40, 10))))
    save("wei-18", WeiResNet([2, 2, 2, 2], 4, False))
    save("wei-50", WeiResNet(deeper, 2, True))
