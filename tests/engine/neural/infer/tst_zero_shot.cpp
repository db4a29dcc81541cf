// Zero-shot classification with small untrained networks: clips as if alone, one label to fifty, and what is refused. The numbers themselves are upstream's:
// tests/bench/parity_zero_shot.py.
#include <filesystem>
#include <numeric>

#include <QTemporaryDir>
#include <QTest>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/device/executor.h"
#include "engine/neural/device/guarded.h"
#include "engine/neural/infer/classify.h"
#include "engine/neural/infer/outputs.h"
#include "engine/neural/infer/zero_shot.h"
#include "engine/neural/models/registry.h"
#include "tests/engine/neural/models/formula.h"
#include "tests/support/sound_files.h"

using namespace earmark;
using namespace earmark::neural;

namespace
{

const char* config = R"({"model_type": "clap", "architectures": ["ClapModel"], "projection_dim": 8, "logit_scale_init_value": 5.0,
    "text_config": {"vocab_size": 70, "hidden_size": 12, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16, "max_position_embeddings": 40},
    "audio_config": {"spec_size": 64, "patch_embeds_hidden_size": 8, "hidden_size": 16, "depths": [1, 2], "num_attention_heads": [1, 2], "num_hidden_layers": 2}})";
const char* preprocessor = R"({"feature_extractor_type": "ClapFeatureExtractor", "sampling_rate": 4000, "hop_length": 160, "max_length_s": 2,
    "fft_window_size": 256, "frequency_max": 2000})";

RobertaTokenizer tokenizer()
{
    Json vocabulary{{"<s>", 0}, {"<pad>", 1}, {"</s>", 2}, {"<unk>", 3}};
    for (const char* const letter : {"Ġ", ".", "T"})
        vocabulary[letter] = vocabulary.size();
    for (char c = 'a'; c <= 'z'; ++c)
        vocabulary[std::string(1, c)] = vocabulary.size();
    vocabulary["Ġa"] = vocabulary.size();
    return *RobertaTokenizer::fromFiles({{"vocab.json", vocabulary.dump()}, {"merges.txt", "#version: 0.2\nĠ a\n"}}, "made");
}

} // namespace

class TestZeroShot : public QObject
{
    Q_OBJECT

    QTemporaryDir folder_;
    std::vector<Sample> samples_;
    std::vector<std::string> labels_ = {"a dog", "rain", "the quick brown fox"};

    std::string path(const std::string& name) const { return folder_.path().toStdString() + "/" + name; }

    void writeModel(const std::string& name, bool fused)
    {
        Json json = *parseJson(config, "config"), features = *parseJson(preprocessor, "preprocessor");
        json["audio_config"]["enable_fusion"] = fused;
        features["truncation"] = fused ? "fusion" : "rand_trunc";
        const auto model = findFamily("clap")->build(json, "config.json", Head::base);
        QVERIFY2(model, model ? "" : model.error().message.c_str());
        fillByFormula(**model);
        const auto extractor = featureExtractorFromJson(features.dump(), "clap");
        QVERIFY2(extractor, extractor ? "" : extractor.error().message.c_str());
        const RobertaTokenizer texts = tokenizer();
        std::filesystem::create_directories(path(name));
        QVERIFY(saveModel({**model, **extractor, nullptr, &texts}, path(name)));
    }

    static Result<std::vector<ClassifiedClip>> run(const ZeroShotRequest& request)
    {
        std::vector<ClassifiedClip> clips;
        const auto outcome = Executor::instance().run([&] {
            return zeroShotClips(request, [&](const ClassifiedClip& clip) { clips.push_back(clip); }, {}, {});
        });
        if (!outcome)
            return tl::unexpected(outcome.error());
        return clips;
    }

    template <class Value> static std::string code(const Result<Value>& result) { return result ? "none" : result.error().code; }

private Q_SLOTS:
    void initTestCase()
    {
        writeModel("fused", true);
        writeModel("unfused", false);
        const int lengths[] = {9000, 80000, 32000, 100, 32100, 50000}; // at 16000 Hz; the model hears 2 s
        for (int i = 0; i < 6; ++i) {
            const std::string name = path("clip" + std::to_string(i) + ".wav");
            test::writeSwellingNoise(name, lengths[i], 7u + static_cast<std::uint32_t>(i));
            Sample sample{.id = i, .name = "clip" + std::to_string(i)};
            sample.clip.source.path = name;
            samples_.push_back(sample);
        }
    }

    void eachClipIsAsIfAlone_data()
    {
        QTest::addColumn<QString>("model");
        QTest::newRow("fused") << "fused";
        QTest::newRow("unfused") << "unfused";
    }

    void eachClipIsAsIfAlone()
    {
        QFETCH(QString, model);
        const std::string folder = path(model.toStdString());
        const auto together = run({.model = folder, .samples = samples_, .labels = labels_, .batchSize = 4});
        QVERIFY2(together, together ? "" : together.error().message.c_str());
        QCOMPARE(together->size(), samples_.size());
        std::set<float> different;
        for (std::size_t i = 0; i < samples_.size(); ++i) {
            const auto alone = run({.model = folder, .samples = {samples_[i]}, .labels = labels_});
            QVERIFY(alone);
            const ClassifiedClip& one = (*together)[i];
            QCOMPARE(*one.labels, labels_);
            QCOMPARE(one.scores.size(), labels_.size());
            for (std::size_t k = 0; k < labels_.size(); ++k)
                QVERIFY(std::abs(one.scores[k] - alone->front().scores[k]) < 1e-5f);
            QVERIFY(std::abs(std::accumulate(one.scores.begin(), one.scores.end(), 0.0f) - 1) < 1e-5f);
            different.insert(one.scores[0]);
            const bool warned = std::ranges::any_of(one.warnings, [](const Remark& remark) { return remark.code == "model.hears_a_part"; });
            QCOMPARE(warned, model == "unfused" && (i == 1 || i == 4 || i == 5));
        }
        QCOMPARE(different.size(), samples_.size());
    }

    void takesOneLabelToFifty()
    {
        const auto one = run({.model = path("fused"), .samples = samples_, .labels = {"rain"}});
        QVERIFY(one);
        for (const ClassifiedClip& clip : *one)
            QCOMPARE(clip.scores, std::vector<float>{1});
        std::vector<std::string> many;
        for (int i = 0; i < 50; ++i)
            many.push_back(std::string(static_cast<std::size_t>(i % 7 + 1), static_cast<char>('a' + i % 26)));
        const auto all = run({.model = path("fused"), .samples = {samples_[0]}, .labels = many, .hypothesisTemplate = "{}"});
        QVERIFY(all);
        QCOMPARE(all->front().scores.size(), std::size_t{50});
        const auto few = run({.model = path("fused"), .samples = {samples_[0]}, .labels = {many[3], many[17]}, .hypothesisTemplate = "{}"});
        QVERIFY(few); // what the labels are together does not change how two of them compare
        QVERIFY(std::abs(few->front().scores[0] / few->front().scores[1] - all->front().scores[3] / all->front().scores[17]) < 1e-3f);
    }

    void longTextsAreCut()
    {
        const auto found = run({.model = path("fused"), .samples = {samples_[0]}, .labels = {"rain", std::string(200, 'x')}});
        QVERIFY2(found, found ? "" : found.error().message.c_str());
        QCOMPARE(found->front().scores.size(), std::size_t{2});
    }

    void brokenFilesFailAlone()
    {
        std::vector<Sample> samples = samples_;
        samples[1].clip.source.path = path("missing.wav");
        const auto found = run({.model = path("fused"), .samples = samples, .labels = labels_});
        QVERIFY(found);
        QVERIFY((*found)[1].error && (*found)[1].scores.empty());
        const auto whole = run({.model = path("fused"), .samples = samples_, .labels = labels_});
        QVERIFY(whole && !(*found)[2].error && std::abs((*found)[2].scores[0] - (*whole)[2].scores[0]) < 1e-6f);
    }

    void refuses()
    {
        QCOMPARE(code(run({.model = path("fused"), .samples = samples_})), std::string("usage"));
        QCOMPARE(code(run({.model = path("fused"), .samples = samples_, .labels = labels_, .hypothesisTemplate = "no place"})), std::string("usage"));
        std::filesystem::copy(path("fused"), path("wordless"));
        std::filesystem::remove(path("wordless/vocab.json"));
        QCOMPARE(code(run({.model = path("wordless"), .samples = samples_, .labels = labels_})), std::string("model.not_found"));
        const auto classified = Executor::instance().run([&] { return classifyClips({.model = path("fused"), .samples = samples_}, [](const ClassifiedClip&) {}, {}); });
        QCOMPARE(code(classified), std::string("model.unsupported"));
        QVERIFY(classified.error().message.find("zero-shot") != std::string::npos);
    }

    /// One batch as upstream makes it: of clips none of which is longer, one is said to be.
    void outputsNameEveryTensor()
    {
        const auto write = [&](OutputsRequest request) {
            request.out = path("o.safetensors");
            request.overwrite = true;
            const auto outcome = Executor::instance().run([&] { return guarded([&] { return computeOutputs(request); }); });
            std::map<std::string, torch::Tensor> tensors;
            if (outcome) {
                const auto written = readSafetensors(request.out);
                for (const auto& [name, tensor] : *written)
                    tensors[name] = tensor.clone();
            }
            return std::pair(code(outcome), tensors);
        };
        const std::vector<Sample> two = {samples_[0], samples_[3]};
        auto [good, tensors] = write({.model = path("fused"), .samples = two, .hiddenStates = true, .attentions = true, .texts = {"a dog", "rain"}});
        QCOMPARE(good, std::string("none"));
        for (const char* const name : {"input_features", "is_longer", "input_ids", "attention_mask", "loss", "logits_per_audio", "logits_per_text", "text_embeds", "audio_embeds",
                                       "last_hidden_state", "pooler_output", "hidden_states.2", "attentions.1", "text_model_output.hidden_states.1", "text_model_output.attentions.0"})
            QVERIFY2(tensors.contains(name), name);
        QCOMPARE(tensors["is_longer"].sum().item<std::int64_t>(), 1);
        QCOMPARE(tensors["is_longer"].sizes(), (torch::IntArrayRef{2, 1}));
        auto [three, compared] = write({.model = path("unfused"), .samples = two, .texts = {"a dog", "rain", "a fox"}});
        QCOMPARE(three, std::string("none"));
        QVERIFY(!compared.contains("loss"));
        QCOMPARE(compared["logits_per_audio"].sizes(), (torch::IntArrayRef{2, 3}));
        QCOMPARE(write({.model = path("unfused"), .samples = two, .labels = {0, 1}}).first, std::string("usage"));
        QCOMPARE(write({.model = path("unfused"), .samples = two, .texts = {std::string(200, 'x')}}).first, std::string("usage"));
        QVERIFY(write({.model = path("unfused"), .samples = two}).second.contains("audio_embeds"));
    }
};

QTEST_GUILESS_MAIN(TestZeroShot)
#include "tst_zero_shot.moc"
