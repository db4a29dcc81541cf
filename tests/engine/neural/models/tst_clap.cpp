// Replays tests/golden/clap_golden.py: ClapModel against transformers, without Python; folders of it, and what it refuses.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/models/clap/clap.h"
#include "engine/neural/models/registry.h"
#include "tests/engine/neural/models/formula.h"

using namespace earmark;
using namespace earmark::neural;

namespace
{

std::string dataFolder() { return qEnvironmentVariable("EARMARK_SOURCE").toStdString() + "/tests/data/clap"; }

Json readCase(const std::string& name) { return *parseJson(*readFile(dataFolder() + "/" + name + ".json"), name); }

std::map<std::string, torch::Tensor> readTensors(const std::string& name)
{
    std::map<std::string, torch::Tensor> tensors;
    const auto stored = readSafetensors(dataFolder() + "/" + name + ".safetensors");
    if (!stored)
        qFatal("%s", stored.error().message.c_str());
    for (const auto& [key, tensor] : *stored)
        tensors[key] = tensor;
    return tensors;
}

std::shared_ptr<Model> build(const Json& config)
{
    auto model = findFamily("clap")->build(config, "config.json", Head::base);
    if (!model)
        qFatal("%s", model.error().message.c_str());
    return *model;
}

ModelInputs inputsOf(const Json& golden)
{
    const std::int64_t clips = golden["clips"], channels = golden["channels"], frames = golden["frames"], bins = golden["config"]["audio_config"]["num_mel_bins"];
    ModelInputs inputs{.input = formula(90001, clips * channels * frames * bins).to(torch::kFloat32).view({clips, channels, frames, bins})};
    std::vector<torch::Tensor> rows;
    for (const Json& row : golden["ids"])
        rows.push_back(torch::tensor(row.get<std::vector<std::int64_t>>(), torch::kLong));
    inputs.input_ids = torch::stack(rows);
    if (golden["mask"])
        inputs.text_mask = inputs.input_ids->ne(golden["config"]["text_config"]["pad_token_id"].get<std::int64_t>()).to(torch::kLong);
    if (golden.contains("longer")) {
        std::vector<std::int64_t> longer;
        for (const Json& one : golden["longer"])
            longer.push_back(one.get<bool>() ? 1 : 0);
        inputs.is_longer = torch::tensor(longer, torch::kLong).to(torch::kBool);
    }
    inputs.return_loss = true;
    return inputs;
}

/// All that an output holds, under upstream's names.
std::map<std::string, torch::Tensor> named(const ModelOutputs& outputs)
{
    std::map<std::string, torch::Tensor> tensors{{"loss", *outputs.loss}, {"last_hidden_state", *outputs.last_hidden_state}, {"pooler_output", *outputs.pooler_output}};
    tensors.insert(outputs.named.begin(), outputs.named.end());
    for (std::size_t i = 0; i < outputs.hidden_states.size(); ++i)
        tensors["hidden_states." + std::to_string(i)] = outputs.hidden_states[i];
    for (std::size_t i = 0; i < outputs.attentions.size(); ++i)
        tensors["attentions." + std::to_string(i)] = outputs.attentions[i];
    return tensors;
}

void compare(const std::string& key, const torch::Tensor& actual, const torch::Tensor& wanted)
{
    QVERIFY2(actual.sizes() == wanted.sizes(), (key + " has another shape").c_str());
    const double difference = (wanted.to(torch::kDouble) - actual.to(torch::kDouble)).abs().max().item<double>();
    const double largest = wanted.abs().max().item<double>();
    QVERIFY2(difference <= 1e-4 * std::max(largest, 1e-3), (key + " differs by " + std::to_string(difference) + " of " + std::to_string(largest)).c_str());
}

} // namespace

class TestClap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }

    void replays_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList files = QDir(QString::fromStdString(dataFolder())).entryList({"*.json"});
        QVERIFY(files.size() >= 12);
        for (const QString& file : files)
            QTest::newRow(qPrintable(file.chopped(5))) << file.chopped(5);
    }

    /// Names and their order, every output, the gradient of every parameter, and how many random numbers were drawn.
    void replays()
    {
        QFETCH(QString, name);
        const Json golden = readCase(name.toStdString());
        auto wanted = readTensors(name.toStdString());
        const auto model = build(golden["config"]);
        QCOMPARE(fillByFormula(*model), golden["names"].get<std::vector<std::string>>());
        model->train(golden.contains("train"));
        if (golden.contains("train"))
            torch::manual_seed(golden["train"].get<std::uint64_t>());
        ModelInputs inputs = inputsOf(golden);
        inputs.output_hidden_states = inputs.output_attentions = true;
        const ModelOutputs outputs = model->forward(inputs);
        if (golden.contains("train"))
            compare("next_torch", torch::rand({}), wanted.extract("next_torch").mapped());
        outputs.loss->backward();
        const torch::Tensor gradients = wanted.extract("gradients").mapped();
        for (const auto& [key, tensor] : named(outputs)) {
            QVERIFY2(wanted.contains(key), key.c_str());
            compare(key, tensor, wanted.extract(key).mapped());
        }
        QVERIFY2(wanted.empty(), wanted.empty() ? "" : wanted.begin()->first.c_str());
        const auto parameters = model->named_parameters();
        QCOMPARE(static_cast<std::int64_t>(parameters.size()), gradients.numel());
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const torch::Tensor gradient = parameters[i].value().grad();
            const double digest = gradient.defined() ? (gradient.to(torch::kDouble).flatten() * formula(70001, gradient.numel())).sum().item<double>() : 0;
            const double expected = gradients[static_cast<std::int64_t>(i)].item<double>();
            QVERIFY2(std::abs(digest - expected) <= 1e-4 * std::max(1.0, std::abs(expected)),
                     (parameters[i].key() + ": " + std::to_string(digest) + " instead of " + std::to_string(expected)).c_str());
        }
    }

    void predictsTheSame_data() { replays_data(); }

    /// Without gradients and with fused attention, the clips and texts apart, and no random number is drawn.
    void predictsTheSame()
    {
        QFETCH(QString, name);
        const Json golden = readCase(name.toStdString());
        if (golden.contains("train"))
            return;
        const auto wanted = readTensors(name.toStdString());
        const auto model = build(golden["config"]);
        fillByFormula(*model);
        model->eval();
        const torch::Tensor generator = at::globalContext().defaultGenerator(torch::kCPU).get_state();
        const torch::InferenceMode inference;
        const ModelInputs inputs = inputsOf(golden);
        for (const auto& [key, tensor] : named(model->forward(inputs)))
            compare(key, tensor, wanted.at(key));
        const auto& clap = dynamic_cast<const ClapModel&>(*model);
        const torch::Tensor texts = clap.textEmbeds(*inputs.input_ids, inputs.text_mask.value_or(torch::Tensor()));
        compare("textEmbeds", texts, wanted.at("text_embeds"));
        compare("compared", clap.compared(wanted.at("audio_embeds"), texts), wanted.at("logits_per_audio"));
        const ModelOutputs heard = model->forward({.input = inputs.input, .is_longer = inputs.is_longer});
        QVERIFY(!heard.loss && heard.named.size() == 1);
        compare("pooled", model->pooled(heard, std::nullopt, inputs), wanted.at("audio_embeds"));
        QVERIFY(at::globalContext().defaultGenerator(torch::kCPU).get_state().equal(generator));
    }

    /// A folder that lacks the constant buffers, as older ones do; and saved again with the tokenizer's files.
    void loadsAndSavesFolders()
    {
        const Json golden = readCase("fused");
        const auto model = build(golden["config"]);
        fillByFormula(*model);
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString(), again = path + "/again";
        StateDict tensors;
        for (const auto& item : model->named_parameters())
            tensors.emplace_back(item.key(), item.value().detach());
        for (const auto& item : model->named_buffers())
            if (item.value().is_floating_point())
                tensors.emplace_back(item.key(), item.value());
        QVERIFY(writeSafetensors(path + "/model.safetensors", tensors));
        QVERIFY(writeFileAtomically(path + "/config.json", dumpJson(golden["config"])));
        const auto bare = loadModel(path, {});
        QVERIFY2(bare, bare ? "" : bare.error().message.c_str());
        QVERIFY(bare->report.newlyMade.empty() && bare->report.leftOver.empty() && !bare->textTokenizer);
        QCOMPARE(bare->model->task(), std::string("zero-shot"));
        QVERIFY(bare->model->named_buffers()["audio_model.audio_encoder.layers.0.blocks.0.attention.self.relative_position_index"].equal(
            model->named_buffers()["audio_model.audio_encoder.layers.0.blocks.0.attention.self.relative_position_index"]));

        const std::map<std::string, std::string> texts{{"vocab.json", R"({"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3, "a": 4})"}, {"merges.txt", "#version: 0.2\n"}};
        for (const auto& [name, text] : texts)
            QVERIFY(writeFileAtomically(path + "/" + name, text));
        const auto loaded = loadModel(path, {});
        QVERIFY(loaded && loaded->textTokenizer);
        QVERIFY(QDir().mkpath(QString::fromStdString(again)));
        QVERIFY(saveModel(loaded->parts(), again));
        QCOMPARE(*readFile(again + "/vocab.json"), texts.at("vocab.json"));
        const auto saved = loadModel(again, {});
        QVERIFY(saved);
        const auto parameters = saved->model->named_parameters();
        for (const auto& item : model->named_parameters())
            QVERIFY2(parameters[item.key()].equal(item.value()), item.key().c_str());
        QCOMPARE(loadModel(path, {.head = Head::classification}).error().code, std::string("model.unsupported"));
    }

    void refusesConfigurations_data()
    {
        QTest::addColumn<QString>("patch");
        const auto audio = [](const char* patch) { QTest::newRow(patch) << QString(R"({"audio_config": %1})").arg(patch); };
        audio(R"({"spec_size": 31})");
        audio(R"({"spec_size": 4})");
        audio(R"({"window_size": 5})");
        audio(R"({"patch_size": 3})");
        audio(R"({"patch_size": 7})");
        audio(R"({"patch_size": [4, 4, 4]})");
        audio(R"({"patch_stride": [4, 5]})");
        audio(R"({"depths": [2, 2, 2, 2]})");
        audio(R"({"depths": []})");
        audio(R"({"num_attention_heads": [2]})");
        audio(R"({"num_attention_heads": [2, 3]})");
        audio(R"({"hidden_size": 32})");
        audio(R"({"flatten_patch_embeds": false})");
        audio(R"({"fusion_type": "channel_map"})");
        audio(R"({"aff_block_r": 9})");
        audio(R"({"hidden_act": "nothing"})");
        audio("3");
        QTest::newRow("text heads") << QString(R"({"text_config": {"num_attention_heads": 5}})");
        QTest::newRow("text padding") << QString(R"({"text_config": {"pad_token_id": 13}})");
        QTest::newRow("text size") << QString(R"({"text_config": {"vocab_size": -1}})");
    }

    void refusesConfigurations()
    {
        QFETCH(QString, patch);
        Json config = readCase("fused")["config"];
        config.merge_patch(*parseJson(patch.toStdString(), "patch"));
        const auto model = findFamily("clap")->build(config, "folder/config.json", Head::base);
        QVERIFY(!model);
        QCOMPARE(model.error().code, std::string("model.bad_config"));
        QVERIFY2(model.error().message.find("folder/config.json") != std::string::npos, model.error().message.c_str());
    }

    void refusesWhatDoesNotBelongToIt()
    {
        const Json golden = readCase("fused");
        const auto model = build(golden["config"]);
        fillByFormula(*model);
        model->eval();
        const auto code = [&](const std::function<void(ModelInputs&)>& change) {
            ModelInputs inputs = inputsOf(golden);
            change(inputs);
            try {
                model->forward(inputs);
                return std::string("taken");
            } catch (const Failure& failure) {
                return failure.error.code;
            }
        };
        const std::string bad = "model.bad_config";
        QCOMPARE(code([](ModelInputs&) {}), std::string("taken"));
        QCOMPARE(code([](ModelInputs& inputs) { inputs.input = inputs.input.slice(1, 0, 1); }), bad); // one picture, and it is to be fused
        QCOMPARE(code([](ModelInputs& inputs) { inputs.input = torch::zeros({3, 4, 129, 8}); }), bad);
        QCOMPARE(code([](ModelInputs& inputs) { inputs.input = torch::zeros({3, 4, 101, 9}); }), bad);
        QCOMPARE(code([](ModelInputs& inputs) { inputs.input_ids = torch::full({3, 2}, 23, torch::kLong); inputs.text_mask.reset(); }), bad);
        QCOMPARE(code([](ModelInputs& inputs) { inputs.input_ids = torch::full({3, 13}, 4, torch::kLong); inputs.text_mask.reset(); }), std::string("usage"));
    }
};

QTEST_GUILESS_MAIN(TestClap)
#include "tst_clap.moc"
