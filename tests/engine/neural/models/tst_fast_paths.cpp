// The fast paths of the front end against torch's own operations in double precision: values and every gradient.

#include <QTest>
#include <torch/csrc/autograd/autograd.h>

#include "engine/neural/device/torch.h"
#include "engine/neural/models/speech/spectral_convolution.h"
#include "engine/neural/models/speech/windowed_convolution.h"

using namespace earmark::neural;
using torch::Tensor;

namespace
{

constexpr double tolerance = 2e-5;

Tensor random(at::IntArrayRef sizes, double scale = 1) { return (torch::randn(sizes) * scale).requires_grad_(); }

void compare(const char* what, const Tensor& actual, const Tensor& wanted)
{
    QVERIFY2(actual.sizes() == wanted.sizes(), what);
    const double largest = std::max(1.0, wanted.abs().max().item<double>());
    const double difference = (actual.to(torch::kDouble) - wanted.to(torch::kDouble)).abs().max().item<double>() / largest;
    QVERIFY2(difference < tolerance, (std::string(what) + " differs by " + std::to_string(difference)).c_str());
}

void compareGradients(const Tensor& fast, const std::vector<Tensor>& inputs, const Tensor& plain, const std::vector<Tensor>& precise)
{
    compare("result", fast, plain);
    const Tensor incoming = torch::randn(plain.sizes(), torch::kDouble);
    const auto found = torch::autograd::grad({fast}, inputs, {incoming.to(torch::kFloat32)});
    const auto wanted = torch::autograd::grad({plain}, precise, {incoming});
    for (std::size_t i = 0; i < inputs.size(); ++i)
        compare(("gradient " + std::to_string(i)).c_str(), found[i], wanted[i]);
}

std::vector<Tensor> inDouble(const std::vector<Tensor>& tensors)
{
    std::vector<Tensor> result;
    for (const Tensor& tensor : tensors)
        result.push_back(tensor.detach().to(torch::kDouble).requires_grad_());
    return result;
}

} // namespace

class TestFastPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(1); }

    void windows_data()
    {
        QTest::addColumn<int>("batch");
        QTest::addColumn<int>("time");
        QTest::addColumn<int>("in");
        QTest::addColumn<int>("out");
        QTest::addColumn<int>("kernel");
        QTest::addColumn<int>("stride");
        QTest::addColumn<bool>("bias");
        QTest::addColumn<bool>("gelu");
        QTest::newRow("kernel above stride") << 3 << 1301 << 33 << 17 << 3 << 2 << false << true;
        QTest::newRow("kernel equals stride") << 2 << 1200 << 40 << 8 << 2 << 2 << true << true;
        QTest::newRow("kernel below stride") << 2 << 501 << 70 << 9 << 2 << 5 << true << false;
        QTest::newRow("much above stride") << 2 << 90 << 30 << 12 << 7 << 2 << false << true;
        QTest::newRow("stride one") << 2 << 77 << 24 << 12 << 4 << 1 << true << true;
        QTest::newRow("one channel") << 3 << 3000 << 1 << 16 << 10 << 5 << true << true;
        QTest::newRow("one wide channel") << 1 << 3000 << 1 << 16 << 400 << 160 << true << false;
        QTest::newRow("one clip of many chunks") << 1 << 4003 << 20 << 6 << 5 << 2 << false << true;
        QTest::newRow("a single frame") << 2 << 3 << 40 << 6 << 3 << 2 << true << true;
        QTest::newRow("time left over") << 2 << 1000 << 40 << 6 << 3 << 3 << true << true;
    }

    void windows()
    {
        QFETCH(int, batch);
        QFETCH(int, time);
        QFETCH(int, in);
        QFETCH(int, out);
        QFETCH(int, kernel);
        QFETCH(int, stride);
        QFETCH(bool, bias);
        QFETCH(bool, gelu);
        for (const int threads : {1, 2, 3}) {
            torch::set_num_threads(threads);
            std::vector<Tensor> inputs{random({batch, time, in}), random({out, in, kernel}, 0.1)};
            if (bias)
                inputs.push_back(random({out}));
            const auto precise = inDouble(inputs);
            const Tensor fast = windowedConvolution(inputs[0], windowedWeight(inputs[1]), bias ? inputs[2].unsqueeze(0) : Tensor(),
                                                    {.kernel = kernel, .stride = stride, .gelu = gelu});
            Tensor plain = at::conv1d(precise[0].transpose(1, 2), precise[1], bias ? precise[2] : Tensor(), stride).transpose(1, 2);
            if (gelu)
                plain = at::gelu(plain);
            compareGradients(fast, inputs, plain, precise);
        }
        torch::set_num_threads(1);
    }

    void windowsWithoutGradient()
    {
        const torch::InferenceMode inference;
        torch::set_num_threads(2);
        const Tensor x = torch::randn({2, 1201, 24}), weight = torch::randn({12, 24, 3}) * 0.1;
        const Tensor fast = windowedConvolution(x, windowedWeight(weight), {}, {.kernel = 3, .stride = 2, .gelu = true});
        compare("result", fast, at::gelu(at::conv1d(x.transpose(1, 2), weight, {}, 2)).transpose(1, 2));
        torch::set_num_threads(1);
    }

    void groupNorm_data()
    {
        QTest::addColumn<double>("offset");
        QTest::addColumn<double>("scale");
        QTest::newRow("speech") << 0.0 << 1.0;
        QTest::newRow("far from zero") << 3.0 << 1.0;
        QTest::newRow("faint") << 0.0 << 1e-3;
        QTest::newRow("silence") << 0.0 << 0.0;
    }

    /// Convolution, group norm and GELU of the first layer, as one product with weights for each clip.
    void groupNorm()
    {
        QFETCH(double, offset);
        QFETCH(double, scale);
        const Tensor samples = torch::randn({3, 2003}) * scale + offset;
        const std::vector<Tensor> inputs{random({14, 1, 10}, 0.3), random({14}), random({14})};
        const auto precise = inDouble(inputs);
        const auto [weights, bias] = foldGroupNorm(samples, inputs[0], inputs[1], inputs[2], 5, 1e-5);
        const Tensor fast = windowedConvolution(samples.unsqueeze(-1), weights, bias, {.kernel = 10, .stride = 5, .gelu = true});
        const Tensor conv = at::conv1d(samples.to(torch::kDouble).unsqueeze(1), precise[0], {}, 5);
        const Tensor plain = at::gelu(at::group_norm(conv, 14, precise[1], precise[2], 1e-5)).transpose(1, 2);
        compareGradients(fast, inputs, plain, precise);
    }

    void spectral_data()
    {
        QTest::addColumn<int>("frames");
        QTest::addColumn<int>("kernel");
        QTest::newRow("one piece, even kernel") << 60 << 32;
        QTest::newRow("exactly one piece") << 65 << 32;
        QTest::newRow("several pieces") << 300 << 32;
        QTest::newRow("odd kernel") << 211 << 33;
        QTest::newRow("shorter than the kernel") << 7 << 40;
    }

    void spectral()
    {
        QFETCH(int, frames);
        QFETCH(int, kernel);
        constexpr int channels = 48, groups = 3;
        const SpectralConvolution spectral(channels, groups, kernel);
        QVERIFY(spectral.pays(1000, true));
        const std::vector<Tensor> inputs{random({2, frames, channels}), random({channels, channels / groups, kernel}, 0.05), random({channels})};
        const auto precise = inDouble(inputs);
        const Tensor fast = spectral.forward(inputs[0], spectral.spectra(inputs[1]), inputs[2]);
        Tensor plain = at::conv1d(precise[0].transpose(1, 2), precise[1], precise[2], 1, kernel / 2, 1, groups);
        if (kernel % 2 == 0)
            plain = plain.slice(2, 0, -1);
        compareGradients(fast, inputs, plain.transpose(1, 2), precise);
    }

    void absurdKernelsMakeNoTables() { QVERIFY(!SpectralConvolution(65536, 1, 65536).pays(1 << 20, true)); }
};

QTEST_GUILESS_MAIN(TestFastPaths)
#include "tst_fast_paths.moc"
