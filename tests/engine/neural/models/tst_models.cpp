// Replays tests/golden/models_golden.py: every network against transformers, without Python.

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/json.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/device/torch.h"
#include "engine/neural/models/pretraining.h"
#include "engine/neural/models/random_streams.h"
#include "engine/neural/models/registry.h"
#include "tests/engine/neural/models/formula.h"

using namespace earmark;
using namespace earmark::neural;

namespace
{

constexpr double tolerance = 1e-4;

std::string dataFolder() { return qEnvironmentVariable("EARMARK_SOURCE").toStdString() + "/tests/data/models"; }

Json readCase(const std::string& name)
{
    return *parseJson(*readFile(dataFolder() + "/" + name + ".json"), name);
}

std::shared_ptr<Model> build(const Json& golden)
{
    const Json& config = golden["config"];
    const Family* family = findFamily(config["model_type"]);
    auto model = family->build(config, "config.json", family->headOf(golden["architecture"]));
    if (!model)
        qFatal("%s", model.error().message.c_str());
    return *model;
}

ModelInputs inputsOf(const Json& golden)
{
    ModelInputs inputs;
    const Json& config = golden["config"];
    if (golden.contains("lengths")) {
        const auto lengths = golden["lengths"].get<std::vector<std::int64_t>>();
        const auto rows = static_cast<std::int64_t>(lengths.size());
        const std::int64_t longest = *std::ranges::max_element(lengths);
        const std::int64_t bins = config.value("input_feat_per_channel", 1) * config.value("input_channels", 1); // of a spectrogram
        inputs.input = torch::zeros({rows, longest, bins});
        for (std::int64_t i = 0; i < rows; ++i)
            inputs.input[i].slice(0, 0, lengths[i]).copy_(formula(90001 + i, lengths[i] * bins).view({-1, bins}));
        if (config["model_type"] != "mctct")
            inputs.input = inputs.input.squeeze(2);
        if (golden.value("mask", false))
            inputs.attention_mask = (torch::arange(longest).unsqueeze(0) < torch::tensor(lengths).unsqueeze(1)).to(torch::kLong);
    } else if (config["model_type"] == "whisper") {
        const std::int64_t frames = 2 * config["max_source_positions"].get<std::int64_t>(), bins = config["num_mel_bins"];
        inputs.input = formula(90001, 3 * frames * bins).to(torch::kFloat32).view({3, bins, frames});
    } else {
        const std::int64_t frames = config["max_length"], bins = config["num_mel_bins"];
        inputs.input = formula(90001, 3 * frames * bins).to(torch::kFloat32).view({3, frames, bins});
    }
    if (golden.contains("labels")) {
        const Json& labels = golden["labels"];
        if (labels[0].is_array()) {
            std::vector<torch::Tensor> rows;
            for (const Json& row : labels)
                rows.push_back(row[0].is_number_float() ? torch::tensor(row.get<std::vector<float>>()) : torch::tensor(row.get<std::vector<std::int64_t>>()));
            inputs.labels = torch::stack(rows);
        } else if (labels[0].is_number_float())
            inputs.labels = torch::tensor(labels.get<std::vector<float>>());
        else
            inputs.labels = torch::tensor(labels.get<std::vector<std::int64_t>>());
    }
    if (golden.contains("items"))
        inputs.num_items_in_batch = golden["items"].get<double>();
    return inputs;
}

class Compared
{
public:
    explicit Compared(const std::string& name)
    {
        const auto stored = readSafetensors(dataFolder() + "/" + name + ".safetensors");
        if (!stored)
            qFatal("%s", stored.error().message.c_str());
        for (const auto& [key, tensor] : *stored)
            expected_[key] = tensor;
    }

    bool has(const std::string& key) const { return expected_.contains(key); }
    torch::Tensor get(const std::string& key) const { return expected_.at(key); }

    /// Counts what is compared, so that a forgotten output shows.
    void check(const std::string& key, const torch::Tensor& actual)
    {
        QVERIFY2(has(key), key.c_str());
        const torch::Tensor wanted = expected_.at(key);
        QVERIFY2(wanted.sizes() == actual.sizes(), (key + " has another shape").c_str());
        const double difference = (wanted.to(torch::kDouble) - actual.to(torch::kDouble)).abs().max().item<double>();
        QVERIFY2(difference < tolerance, (key + " differs by " + std::to_string(difference)).c_str());
        seen_.insert(key);
    }
    std::string unseen() const
    {
        for (const auto& [key, tensor] : expected_)
            if (!seen_.contains(key))
                return key;
        return {};
    }
    void skip(const std::string& key) { seen_.insert(key); }

private:
    std::map<std::string, torch::Tensor> expected_;
    std::set<std::string> seen_;
};

void checkOutputs(Compared& golden, const ModelOutputs& outputs)
{
    const auto optional = [&](const std::string& key, const std::optional<torch::Tensor>& value) {
        if (golden.has(key)) {
            QVERIFY2(value, key.c_str());
            golden.check(key, *value);
        }
    };
    optional("loss", outputs.loss);
    optional("logits", outputs.logits);
    optional("last_hidden_state", outputs.last_hidden_state);
    optional("extract_features", outputs.extract_features);
    optional("pooler_output", outputs.pooler_output);
    optional("projected_states", outputs.projected_states);
    optional("projected_quantized_states", outputs.projected_quantized_states);
    optional("codevector_perplexity", outputs.codevector_perplexity);
    optional("contrastive_loss", outputs.contrastive_loss);
    optional("diversity_loss", outputs.diversity_loss);
    optional("ctc_loss", outputs.ctc_loss);
    for (std::size_t i = 0; i < outputs.hidden_states.size(); ++i)
        golden.check("hidden_states." + std::to_string(i), outputs.hidden_states[i]);
    for (std::size_t i = 0; i < outputs.attentions.size(); ++i)
        if (outputs.attentions[i].defined())
            golden.check("attentions." + std::to_string(i), outputs.attentions[i]);
}

torch::Tensor objective(const ModelOutputs& outputs)
{
    if (outputs.loss)
        return *outputs.loss;
    const auto partOf = [](const torch::Tensor& states) { return (states * formula(60001, states.numel()).to(torch::kFloat32).view(states.sizes())).sum(); };
    if (!outputs.projected_states)
        return partOf(*outputs.last_hidden_state);
    torch::Tensor sum = torch::zeros({});
    for (const auto& output : {outputs.logits, outputs.projected_states, outputs.projected_quantized_states, outputs.codevector_perplexity})
        if (output)
            sum = sum + partOf(*output);
    return sum;
}

/// The gradient of every parameter, as a number each.
void checkGradients(Compared& golden, const Model& model)
{
    const torch::Tensor wanted = golden.get("gradients");
    const auto parameters = model.named_parameters();
    QCOMPARE(static_cast<std::int64_t>(parameters.size()), wanted.numel());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const torch::Tensor gradient = parameters[i].value().grad();
        const double digest = gradient.defined() ? (gradient.to(torch::kDouble).flatten() * formula(70001, gradient.numel())).sum().item<double>() : 0;
        const double expected = wanted[static_cast<std::int64_t>(i)].item<double>();
        QVERIFY2(std::abs(digest - expected) <= tolerance * std::max(1.0, std::abs(expected)),
                 (parameters[i].key() + ": " + std::to_string(digest) + " instead of " + std::to_string(expected)).c_str());
    }
    golden.skip("gradients");
}

/// What the script's `drawn` adds: masked frames and negatives out of NumPy's generator, compared with upstream's.
void drawMasks(const Json& golden, Model& model, Compared& compared, ModelInputs& inputs)
{
    Pretraining* head = pretrainingOf(model);
    if (golden.contains("temperature"))
        head->setGumbelTemperature(golden["temperature"]);
    if (!golden.contains("masks"))
        return;
    RandomStreams streams(golden["masks"].get<std::uint64_t>());
    head->draw(inputs, head->spans(), streams);
    QVERIFY(inputs.mask_time_indices->equal(compared.get("mask_time_indices").to(torch::kBool)));
    QVERIFY(inputs.sampled_negative_indices->equal(compared.get("sampled_negative_indices")));
    compared.skip("mask_time_indices");
    compared.skip("sampled_negative_indices");
    if (golden.value("states_only", false))
        inputs.sampled_negative_indices.reset();
}

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

    /// What a checkpoint with a decoder would have, and what a run needs of it.
    static void writeWhisper(const std::string& folder, const Json& golden, Model& model)
    {
        StateDict tensors{{"model.decoder.layer_norm.weight", torch::ones({24})}, {"proj_out.weight", torch::ones({8, 24})}};
        for (const auto& item : model.named_parameters())
            if (item.key().starts_with("encoder."))
                tensors.emplace_back("model." + item.key(), item.value().detach());
        Json config = golden["config"];
        config["architectures"] = Json::array({"WhisperForConditionalGeneration"});
        QVERIFY(writeSafetensors(folder + "/model.safetensors", tensors));
        QVERIFY(writeFileAtomically(folder + "/config.json", dumpJson(config)));
    }

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
        Compared compared(name.toStdString());
        const auto model = build(golden);
        QCOMPARE(fillByFormula(*model), golden["names"].get<std::vector<std::string>>());
        QCOMPARE(model->architecture(), golden["architecture"].get<std::string>());

        ModelInputs inputs = inputsOf(golden);
        inputs.output_hidden_states = inputs.output_attentions = !golden.value("brief", false);
        if (golden.contains("indices"))
            inputs.mask_time_indices = (formula(80001, 3 * compared.get("last_hidden_state").size(1)) > 0.4).view({3, -1});
        drawMasks(golden, *model, compared, inputs);
        model->train(golden.contains("train"));
        std::optional<RandomStreams> streams;
        if (golden.contains("train")) {
            const std::uint64_t seed = golden["train"];
            torch::manual_seed(seed);
            streams.emplace(seed);
            model->setRandomStreams(&*streams);
        }

        const ModelOutputs outputs = model->forward(inputs);
        checkOutputs(compared, outputs);
        objective(outputs).backward();
        checkGradients(compared, *model);
        if (streams) {
            compared.check("next_numpy", torch::tensor(streams->numpy.nextDouble(), torch::kDouble));
            compared.check("next_torch", torch::rand({}));
        }
        QCOMPARE(compared.unseen(), std::string());
    }

    void learnsTheSameFromPooledStates_data() { replays_data(); }

    /// As training asks, which reads no states: what a network leaves out then changes no loss, no score, no gradient and no draw.
    void learnsTheSameFromPooledStates()
    {
        QFETCH(QString, name);
        const Json golden = readCase(name.toStdString());
        Compared compared(name.toStdString());
        const auto model = build(golden);
        fillByFormula(*model);
        if (model->task() != "classification")
            return;
        ModelInputs inputs = inputsOf(golden);
        inputs.pooled_only = true;
        model->setAttention("eager"); // upstream's two have other gradients where a clip is too short for a frame
        model->train(golden.contains("train"));
        std::optional<RandomStreams> streams;
        if (golden.contains("train")) {
            torch::manual_seed(golden["train"].get<std::uint64_t>());
            streams.emplace(golden["train"].get<std::uint64_t>());
            model->setRandomStreams(&*streams);
        }
        const ModelOutputs outputs = model->forward(inputs);
        compared.check("logits", *outputs.logits);
        compared.check("loss", *outputs.loss);
        outputs.loss->backward();
        checkGradients(compared, *model);
        if (streams)
            compared.check("next_torch", torch::rand({}));
    }

    void predictsTheSame_data() { replays_data(); }

    /// Without gradients, fused attention, weight norm folded: and no random number is drawn.
    void predictsTheSame()
    {
        QFETCH(QString, name);
        const Json golden = readCase(name.toStdString());
        if (golden.contains("train"))
            return; // a training step, replayed above
        Compared compared(name.toStdString());
        const auto model = build(golden);
        fillByFormula(*model);
        model->eval();
        const torch::Tensor generator = at::globalContext().defaultGenerator(torch::kCPU).get_state();
        const torch::InferenceMode inference;
        model->prepareForInference();
        ModelInputs inputs = inputsOf(golden);
        inputs.output_hidden_states = !golden.value("brief", false);
        if (golden.contains("indices"))
            inputs.mask_time_indices = (formula(80001, 3 * compared.get("last_hidden_state").size(1)) > 0.4).view({3, -1});
        drawMasks(golden, *model, compared, inputs);
        checkOutputs(compared, model->forward(inputs));
        QVERIFY(at::globalContext().defaultGenerator(torch::kCPU).get_state().equal(generator));
    }

    /// The encoder of a checkpoint with a decoder; its positions are not trained, whatever else is.
    void whisperLeavesTheDecoder()
    {
        const Json golden = readCase("whisper");
        const auto model = build(golden);
        fillByFormula(*model);
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        writeWhisper(path, golden, *model);
        const auto loaded = loadModel(path, {.head = Head::classification, .labels = {"a", "b"}});
        QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        using Names = std::vector<std::string>;
        QCOMPARE(loaded->report.newlyMade, (Names{"classifier.bias", "classifier.weight", "projector.bias", "projector.weight"}));
        QCOMPARE(loaded->report.leftOver, (Names{"decoder.layer_norm.weight", "proj_out.weight"}));
        QCOMPARE(loaded->report.remarks.size(), std::size_t{2});
        const auto parameters = loaded->model->named_parameters();
        for (const auto& item : model->named_parameters())
            if (item.key().starts_with("encoder."))
                QVERIFY2(parameters[item.key()].equal(item.value()), item.key().c_str());
        loaded->model->freezeFeatureEncoder(); // which its class upstream has not
        for (const auto& item : parameters)
            QCOMPARE(item.value().requires_grad(), item.key() != "encoder.embed_positions.weight");
        loaded->model->freezeLowestLayers(1);
        QVERIFY(!parameters["encoder.conv2.bias"].requires_grad() && !parameters["encoder.layers.0.fc1.weight"].requires_grad());
        QVERIFY(parameters["encoder.layers.1.fc1.weight"].requires_grad());
        loaded->model->freezeBaseModel();
        QVERIFY(!parameters["encoder.layer_norm.weight"].requires_grad() && parameters["projector.weight"].requires_grad());

        const auto base = loadModel(path, {});
        QVERIFY(base);
        QCOMPARE(base->model->architecture(), std::string("WhisperModel"));
        QVERIFY(base->report.newlyMade.empty());
    }

    void whisperTakesOneLength()
    {
        const auto model = build(readCase("whisper"));
        fillByFormula(*model);
        try {
            model->forward({.input = torch::zeros({1, 80, 17})});
            QFAIL("17 frames were taken");
        } catch (const Failure& failure) {
            QCOMPARE(failure.error.code, std::string("model.bad_config"));
        }
    }

    void refusesTheSumOfSqueezedLayersUnderAMask_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("sew") << "sew_padded";
        QTest::newRow("sew-d") << "sew_d_padded";
    }

    /// Where upstream fails with an IndexError.
    void refusesTheSumOfSqueezedLayersUnderAMask()
    {
        QFETCH(QString, name);
        Json golden = readCase(name.toStdString());
        golden["config"]["use_weighted_layer_sum"] = true;
        const auto model = build(golden);
        fillByFormula(*model);
        model->eval();
        ModelInputs inputs = inputsOf(golden);
        try {
            model->forward(inputs);
            QFAIL("the sum was made");
        } catch (const Failure& failure) {
            QCOMPARE(failure.error.code, std::string("model.bad_config"));
            for (const char* const key : {"use_weighted_layer_sum", "return_attention_mask", "preprocessor_config.json"})
                QVERIFY2(failure.error.message.find(key) != std::string::npos, failure.error.message.c_str());
        }
        inputs.attention_mask.reset();
        QCOMPARE(model->forward(inputs).logits->size(0), 3);
    }

    void checkpointsTheSame_data() { replays_data(); }

    /// Gradient checkpointing changes no gradient and no random number.
    void checkpointsTheSame()
    {
        QFETCH(QString, name);
        const Json golden = readCase(name.toStdString());
        if (name == "hubert_training")
            return; // its running statistics move in the first pass, so that the second is another
        std::vector<std::vector<torch::Tensor>> gradients;
        for (const bool checkpointing : {false, true}) {
            const auto model = build(golden);
            fillByFormula(*model);
            model->train();
            model->setGradientCheckpointing(checkpointing);
            torch::manual_seed(5);
            RandomStreams streams(5);
            model->setRandomStreams(&streams);
            objective(model->forward(inputsOf(golden))).backward();
            gradients.emplace_back();
            for (const torch::Tensor& parameter : model->parameters())
                gradients.back().push_back(parameter.grad());
        }
        for (std::size_t i = 0; i < gradients[0].size(); ++i) {
            QCOMPARE(gradients[0][i].defined() && gradients[0][i].count_nonzero().item<std::int64_t>() > 0,
                     gradients[1][i].defined() && gradients[1][i].count_nonzero().item<std::int64_t>() > 0);
            if (!gradients[0][i].defined() || !gradients[1][i].defined())
                continue;
            const double scale = std::max(1.0, gradients[0][i].abs().max().item<double>());
            QVERIFY(torch::allclose(gradients[0][i], gradients[1][i], 1e-4, 1e-5 * scale));
        }
    }
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"
