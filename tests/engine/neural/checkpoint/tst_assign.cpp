// How weights find their places: names of older versions, a base model's weights under a head and back, other shapes
// and types.

#include <QTest>

#include "engine/neural/checkpoint/weights.h"
#include "engine/neural/device/torch.h"

using namespace earmark::neural;

namespace
{

/// hubert.norm.LayerNorm.{weight,bias}, hubert.conv.parametrizations.weight.original{0,1}, classifier.weight.
torch::nn::Module network(bool withHead)
{
    torch::nn::Module base, norm, layerNorm, conv, parametrizations, weight, whole, head;
    layerNorm.register_parameter("weight", torch::zeros({2}));
    layerNorm.register_parameter("bias", torch::zeros({2}));
    weight.register_parameter("original0", torch::zeros({1}));
    weight.register_parameter("original1", torch::zeros({3}));
    const auto put = [](torch::nn::Module& parent, const char* name, const torch::nn::Module& child) {
        parent.register_module(name, std::make_shared<torch::nn::Module>(child));
    };
    put(norm, "LayerNorm", layerNorm);
    put(parametrizations, "weight", weight);
    put(conv, "parametrizations", parametrizations);
    put(base, "norm", norm);
    put(base, "conv", conv);
    base.register_buffer("num_batches_tracked", torch::tensor(std::int64_t{0}));
    if (!withHead)
        return base;
    head.register_parameter("weight", torch::zeros({2, 2}));
    put(whole, "hubert", base);
    put(whole, "classifier", head);
    return whole;
}

StateDict oldWeights(const std::string& prefix)
{
    return {{prefix + "norm.LayerNorm.gamma", torch::full({2}, 1.0)},
            {prefix + "norm.LayerNorm.beta", torch::full({2}, 2.0)},
            {prefix + "conv.weight_g", torch::full({1}, 3.0)},
            {prefix + "conv.weight_v", torch::full({3}, 4.0, torch::kFloat16)}};
}

void baseIsFilled(const torch::nn::Module& model, const std::string& prefix)
{
    const auto parameters = model.named_parameters();
    QCOMPARE(parameters[prefix + "norm.LayerNorm.weight"].sum().item<float>(), 2.0F);
    QCOMPARE(parameters[prefix + "norm.LayerNorm.bias"].sum().item<float>(), 4.0F);
    QCOMPARE(parameters[prefix + "conv.parametrizations.weight.original0"].sum().item<float>(), 3.0F);
    QCOMPARE(parameters[prefix + "conv.parametrizations.weight.original1"].sum().item<float>(), 12.0F);
}

using Names = std::vector<std::string>;

} // namespace

class AssignTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names()
    {
        QCOMPARE(modernName("a.LayerNorm.gamma"), std::string("a.LayerNorm.weight"));
        QCOMPARE(modernName("a.layer_norm.gamma"), std::string("a.layer_norm.gamma"));
        QCOMPARE(modernName("a.LayerNorm.gamma.x"), std::string("a.LayerNorm.gamma.x"));
        QCOMPARE(modernName("conv.weight_v"), std::string("conv.parametrizations.weight.original1"));
    }

    void baseIntoHead()
    {
        auto model = network(true);
        const auto report = assignStateDict(model, oldWeights(""), "hubert");
        baseIsFilled(model, "hubert.");
        QCOMPARE(report.missing, Names{"classifier.weight"});
        QVERIFY(report.unexpected.empty() && report.mismatched.empty());
        QCOMPARE(report.remarks.size(), std::size_t(2));
    }

    void headIntoBase()
    {
        auto model = network(false);
        auto weights = oldWeights("hubert.");
        weights.emplace_back("classifier.weight", torch::ones({2, 2}));
        const auto report = assignStateDict(model, weights, "hubert");
        baseIsFilled(model, "");
        QCOMPARE(report.unexpected, Names{"classifier.weight"});
        QVERIFY(report.missing.empty());
    }

    void likeIntoLike()
    {
        auto model = network(true);
        auto weights = oldWeights("hubert.");
        weights.emplace_back("classifier.weight", torch::ones({5, 2}));
        weights.emplace_back("hubert.embeddings.position_ids", torch::ones({2}));
        weights.emplace_back("hubert.extra", torch::ones({2}));
        const auto report = assignStateDict(model, weights, "hubert");
        baseIsFilled(model, "hubert.");
        QVERIFY(report.missing.empty());
        QCOMPARE(report.unexpected, Names{"hubert.extra"});
        QCOMPARE(report.mismatched.size(), std::size_t(1));
        QCOMPARE(report.mismatched[0].name, std::string("classifier.weight"));
        QCOMPARE(report.mismatched[0].fileShape, (std::vector<std::int64_t>{5, 2}));
        QCOMPARE(report.mismatched[0].modelShape, (std::vector<std::int64_t>{2, 2}));
        QCOMPARE(model.named_parameters()["classifier.weight"].sum().item<float>(), 0.0F);
    }

    void stateDictRoundTrip()
    {
        auto model = network(true);
        (void)assignStateDict(model, oldWeights(""), "hubert");
        auto copy = network(true);
        const auto report = assignStateDict(copy, stateDictOf(model), "hubert");
        QVERIFY(report.missing.empty() && report.unexpected.empty() && report.remarks.empty());
        baseIsFilled(copy, "hubert.");
    }
};

QTEST_GUILESS_MAIN(AssignTest)
#include "tst_assign.moc"
