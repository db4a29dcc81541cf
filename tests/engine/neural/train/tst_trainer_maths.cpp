
#include "engine/neural/device/torch.h"
#include "engine/neural/infer/batch_loader.h"
#include "engine/neural/train/augmentation.h"
#include "engine/neural/train/losses.h"
#include "engine/neural/train/optimiser.h"
#include "engine/neural/train/sampler.h"
#include "engine/neural/train/schedule.h"
#include "engine/neural/train/settings.h"
#include "trainer_golden.h"

#undef slots
#include <QtTest>

using namespace earmark;
using namespace earmark::neural;

namespace
{

bool near(double a, double b, double tolerance = 1e-12) { return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b)); }

Schedule scheduleOf(const GoldenSchedule& golden)
{
    auto schedule = Schedule::make({.type = golden.type, .kwargs = golden.kwargs, .learning_rate = 1e-3, .warmupSteps = 3, .totalSteps = 12});
    return std::move(*schedule);
}

Recipe recipe(const std::vector<std::pair<std::string, std::string>>& settings)
{
    Recipe recipe;
    for (const auto& [key, value] : settings)
        if (!recipe.set(key, value))
            qFatal("%s", key.c_str());
    return recipe;
}

} // namespace

class TestTrainerMaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void schedulesAreThoseOfTransformers()
    {
        for (const GoldenSchedule& golden : goldenSchedules) {
            Schedule schedule = scheduleOf(golden);
            for (std::size_t i = 0; i < golden.rates.size(); ++i) {
                QVERIFY2(std::abs(schedule.learningRate() - golden.rates[i]) < 1e-16, qPrintable(QString("%1 %2").arg(golden.type).arg(i)));
                schedule.step();
            }
        }
    }

    void plateausFollowTheMetric()
    {
        for (const GoldenSchedule& golden : goldenPlateaus) {
            Schedule schedule = scheduleOf(golden);
            for (std::size_t i = 0; i < golden.rates.size(); ++i) {
                schedule.step();
                schedule.stepMetric(plateauMetrics[i]);
                QVERIFY(near(schedule.learningRate(), golden.rates[i]));
                Schedule again = scheduleOf(golden);
                QVERIFY(again.restore(schedule.state()));
                schedule = std::move(again);
            }
        }
    }

    void schedulesRefuseArgumentsTheyDoNotKnow()
    {
        const auto code = [](const char* type, const char* kwargs) {
            const auto schedule = Schedule::make({.type = type, .kwargs = kwargs, .totalSteps = 10});
            return schedule ? std::string() : schedule.error().code;
        };
        QCOMPARE(code("cosine", "{\"cycles\": 2}"), std::string("recipe.bad_value"));
        QCOMPARE(code("cosine_with_min_lr", "{}"), std::string("recipe.bad_value"));
        QCOMPARE(code("warmup_stable_decay", "{}"), std::string("recipe.bad_value"));
        QCOMPARE(code("polynomial", "{\"lr_end\": 1}"), std::string("recipe.bad_value"));
        QCOMPARE(code("linear", "[1]"), std::string("recipe.bad_value"));
        QCOMPARE(code("constant", "{\"anything\": 1}"), std::string());
    }

    void rowsComeInTheOrderOfTrainer()
    {
        QVERIFY(randomOrder(23, 42, 0) == orderSeed42Epoch0);
        QVERIFY(randomOrder(23, 42, 3) == orderSeed42Epoch3);
        std::vector<std::int64_t> lengths;
        for (int i = 0; i < 50; ++i)
            lengths.push_back((i * 37) % 11 + 3);
        torch::manual_seed(5);
        drawBaseSeed();
        QVERIFY(lengthGroupedOrder(lengths, 4) == groupedSeed5);
    }

    void processesGetTheirOwnBatches()
    {
        const auto batches = cutIntoBatches({0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 4, false);
        QCOMPARE(batches.size(), std::size_t(3));
        QCOMPARE(cutIntoBatches({0, 1, 2, 3, 4}, 4, true).size(), std::size_t(1));
        QVERIFY(batchesOfRank(batches, 0, 1) == batches);
        const std::vector<std::vector<std::int64_t>> first = {{0, 1, 2, 3}, {8, 9, 0, 1}};
        const std::vector<std::vector<std::int64_t>> second = {{4, 5, 6, 7}, {2, 3, 4, 5}};
        QVERIFY(batchesOfRank(batches, 0, 2) == first);
        QVERIFY(batchesOfRank(batches, 1, 2) == second);
    }

    void decayLeavesBiasesAndNormsOut()
    {
        for (const char* name : {"classifier.bias", "encoder.layer_norm.weight", "a.norm.weight", "layernorm_before.weight", "x.batch_norm.weight",
                                 "pos_bias_u", "layers.0.final_layer_norm.weight", "Norm.weight"})
            QVERIFY2(!nameDecays(name), name);
        for (const char* name : {"classifier.weight", "masked_spec_embed", "conv.weight_g", "normal.weight", "enormous.x", "cls_token",
                                 "parametrizations.weight.original0", "norm1.weight"})
            QVERIFY2(nameDecays(name), name);
    }

    void adamWAndClippingAreTorchs_data()
    {
        QTest::addColumn<bool>("fused");
        QTest::newRow("fused") << true;
        QTest::newRow("plain") << false;
    }
    void adamWAndClippingAreTorchs()
    {
        QFETCH(bool, fused);
        torch::manual_seed(11);
        std::vector<NamedParameter> parameters = {{"a", torch::randn({3, 4}).requires_grad_(), true},
                                                  {"b", torch::randn({5}).requires_grad_(), false},
                                                  {"c", torch::randn({2, 2}).requires_grad_(), true}};
        AdamW optimiser(parameters, {.weight_decay = 0.1, .fused = fused});
        for (int step = 0; step < 3; ++step) {
            for (int i = 0; i < 3; ++i)
                if (!(step == 1 && i == 2))
                    parameters[i].value.mutable_grad() = torch::randn(parameters[i].value.sizes());
            QVERIFY(near(clipGradients(optimiser.gradients(), 1.0).item<double>(), adamwNorms[step], 1e-6));
            optimiser.step(0.01);
            optimiser.clearGradients();
            if (step == 1) { // goes on from a saved state
                AdamW again(parameters, {.weight_decay = 0.1, .fused = fused});
                QVERIFY(again.restore(optimiser.state()));
                optimiser = std::move(again);
            }
        }
        std::size_t place = 0;
        for (const NamedParameter& parameter : parameters) {
            const torch::Tensor flat = parameter.value.detach().flatten();
            for (std::int64_t i = 0; i < flat.numel(); ++i, ++place)
                QVERIFY2(near(flat[i].item<double>(), adamwValues[place], fused ? 1e-7 : 1e-6), qPrintable(QString::number(place)));
        }
        QVERIFY(!optimiser.restore({{"step.other", torch::zeros({})}}));
    }

    void lossesAreSmoothedAndWeighted()
    {
        torch::manual_seed(3);
        const torch::Tensor logits = torch::randn({4, 5});
        const torch::Tensor labels = torch::tensor({0, 4, 2, 2}, torch::kLong);
        QVERIFY(near(smoothedLoss(logits, labels, 0.1).item<double>(), smoothedSeed3, 1e-6));
        QVERIFY(near(smoothedLoss(logits, labels, 0.1, 8).item<double>(), smoothedSeed3 / 2, 1e-6));
        const torch::Tensor weights = torch::tensor({1.0f, 1.0f, 0.25f, 1.0f, 3.0f});
        const torch::Tensor expected = at::cross_entropy_loss(logits, labels, weights);
        QVERIFY(near(weightedLoss(logits, labels, weights, 0).item<double>(), expected.item<double>(), 1e-6));
        const std::vector<float> balanced = {4.0f / 9, 4.0f / 3, 0.0f}; // clips / (labels · clips of the label)
        QVERIFY(balancedWeights({0, 0, 0, 1}, 3) == balanced);
    }

    void stepsFollowFromRows()
    {
        const auto plan = [](const std::vector<std::pair<std::string, std::string>>& settings, std::int64_t rows) {
            return planSteps(*trainingSettings(recipe(settings), true), rows);
        };
        const StepPlan uneven = plan({{"per_device_train_batch_size", "4"}, {"gradient_accumulation_steps", "2"}, {"num_train_epochs", "2.5"}, {"warmup_ratio", "0.1"}}, 17);
        QCOMPARE(uneven.batchesPerEpoch, 5);
        QCOMPARE(uneven.stepsPerEpoch, 3);
        QCOMPARE(uneven.totalSteps, 8);
        QCOMPARE(uneven.epochs, 3);
        QCOMPARE(uneven.warmupSteps, 1);
        const StepPlan bySteps = plan({{"max_steps", "7"}, {"eval_steps", "0.5"}, {"warmup_steps", "0.2"}}, 16);
        QCOMPARE(bySteps.stepsPerEpoch, 2);
        QCOMPARE(bySteps.epochs, 4);
        QCOMPARE(bySteps.evaluation, 4);
        QCOMPARE(bySteps.warmupSteps, 2);
    }

    void settingsThatDoNotFitTogetherAreRefused()
    {
        const auto refused = [](const std::vector<std::pair<std::string, std::string>>& settings, bool validation = true) {
            const auto outcome = trainingSettings(recipe(settings), validation);
            return !outcome && outcome.error().code == "recipe.bad_value";
        };
        QVERIFY(refused({{"fp16", "true"}, {"bf16", "true"}}));
        QVERIFY(refused({{"load_best_model_at_end", "true"}}));
        QVERIFY(refused({{"load_best_model_at_end", "true"}, {"eval_strategy", "epoch"}, {"save_strategy", "steps"}}));
        QVERIFY(refused({{"load_best_model_at_end", "true"}, {"eval_strategy", "steps"}, {"save_strategy", "steps"}, {"eval_steps", "3"}, {"save_steps", "5"}}));
        QVERIFY(!refused({{"load_best_model_at_end", "true"}, {"eval_strategy", "steps"}, {"save_strategy", "steps"}, {"eval_steps", "3"}, {"save_steps", "6"}}));
        QVERIFY(refused({{"early_stopping_patience", "2"}}));
        QVERIFY(refused({{"eval_strategy", "epoch"}}, false));
        QVERIFY(refused({{"logging_steps", "2.5"}}));
        QVERIFY(refused({{"num_train_epochs", "0"}}));
    }

    void masksCoverSpansTheSameEachTime()
    {
        const SpectrogramMasks masks{.timeMasks = 2, .timeLength = 5, .frequencyMasks = 1, .frequencyLength = 4, .fill = {}};
        Features features{std::vector<float>(20 * 8, 1.0f), {20, 8}};
        Features again = features;
        maskSpectrogram(features, masks, 77);
        maskSpectrogram(again, masks, 77);
        QVERIFY(features.values == again.values);
        const auto covered = std::ranges::count(features.values, 0.0f);
        QVERIFY(covered > 0 && covered <= 2 * 5 * 8 + 4 * 20);
        SpectrogramMasks turned = masks;
        turned.binsFirst = true;
        Features whisper{std::vector<float>(20 * 8, 1.0f), {8, 20}};
        maskSpectrogram(whisper, turned, 77);
        for (std::size_t frame = 0; frame < 20; ++frame)
            for (std::size_t bin = 0; bin < 8; ++bin)
                QCOMPARE(whisper.values[bin * 20 + frame], features.values[frame * 8 + bin]);
        Features wave{std::vector<float>(100, 1.0f), {100}};
        maskSpectrogram(wave, masks, 77);
        QCOMPARE(std::ranges::count(wave.values, 0.0f), 0);
    }
};

QTEST_GUILESS_MAIN(TestTrainerMaths)
#include "tst_trainer_maths.moc"
