// From a model folder to a network and back.
#include <algorithm>
#include <filesystem>
#include <set>

#include "engine/base/file.h"
#include "engine/neural/checkpoint/config.h"
#include "engine/neural/checkpoint/safetensors.h"
#include "engine/neural/checkpoint/weights.h"
#include "engine/neural/models/language.h"
#include "engine/neural/models/parameters.h"
#include "engine/neural/models/registry.h"

namespace earmark::neural
{

namespace
{

struct Plan {
    const Family* family = nullptr;
    Json config;
    Head head = Head::base;
    bool newHead = false; ///< the labels or characters are not the base's: its output layer is of no use
    std::optional<CtcTokenizer> tokenizer;
    std::vector<Remark> remarks;
};

Result<void> applyOverrides(Json& config, const LoadOptions& options)
{
    for (const auto& [key, text] : options.configOverrides) {
        EARMARK_TRY(config[key], parseJson(text, key, "recipe.bad_value"));
    }
    if (!options.problemType.empty())
        config["problem_type"] = options.problemType;
    return {};
}

std::string architectureOf(const Json& config)
{
    const auto found = config.find("architectures");
    const bool named = found != config.end() && found->is_array() && !found->empty() && found->front().is_string();
    return named ? found->front().get<std::string>() : std::string();
}

Result<const Family*> familyOf(const Json& config, const std::string& path)
{
    const auto type = config.find("model_type");
    const std::string name = type != config.end() && type->is_string() ? type->get<std::string>() : std::string();
    if (const Family* family = findFamily(name))
        return family;
    std::string known;
    for (const std::string& one : families())
        known += (known.empty() ? "" : ", ") + one;
    return failure("model.unsupported",
                   name.empty() ? quoteName(path) + " names no model_type; Earmark loads " + known + "."
                                : quoteName(path) + " is of the family " + quoteName(name) + ", which Earmark does not compute; it loads " + known + ".",
                   path, {{"family", name}});
}

bool sameNames(std::vector<std::string> a, std::vector<std::string> b)
{
    std::ranges::sort(a);
    std::ranges::sort(b);
    return a == b;
}

/// Whose labels a classifier has.
Result<void> chooseLabels(Plan& plan, const std::string& path, const LoadOptions& options, bool savedHead)
{
    if (options.labels.empty())
        return {};
    EARMARK_TRY(const auto ownLabels, labelsOf(plan.config, path));
    if (savedHead && sameNames(ownLabels, options.labels))
        return {};
    plan.newHead = true;
    setLabels(plan.config, options.labels);
    if (savedHead)
        plan.remarks.push_back({.code = "model.other_labels",
                                .message = "The model knows other labels than the data: its output layer is made anew.",
                                .parameters = {},
                                .causes = {}});
    return {};
}

/// Whose characters a recogniser has: the folder's own, else those given.
Result<void> chooseVocabulary(Plan& plan, const std::string& folder, const LoadOptions& options, bool savedHead)
{
    std::error_code error;
    const bool own = savedHead && std::filesystem::exists(folder + "/vocab.json", error);
    if (own) {
        EARMARK_TRY(plan.tokenizer, CtcTokenizer::load(folder, options.language));
        return {};
    }
    if (!options.vocabulary)
        return {};
    plan.tokenizer = options.vocabulary;
    plan.newHead = true;
    plan.config[plan.head == Head::pretraining ? "num_ctc_classes" : "vocab_size"] = plan.tokenizer->size();
    plan.config["pad_token_id"] = plan.tokenizer->padId();
    if (savedHead)
        plan.remarks.push_back({.code = "model.no_vocabulary",
                                .message = "The model has no vocabulary of its own: its output layer is made anew for the characters of the data.",
                                .parameters = {},
                                .causes = {}});
    return {};
}

Result<void> chooseHead(Plan& plan, const std::string& path, const std::string& folder, const LoadOptions& options)
{
    const std::string saved = architectureOf(plan.config);
    const Head savedHead = plan.family->headOf(saved);
    plan.head = options.head == Head::asSaved ? savedHead : options.head;
    if (options.head == Head::asSaved && savedHead == Head::base && !saved.empty() && saved != plan.family->baseClass)
        plan.remarks.push_back({.code = "model.other_head",
                                .message = "The model was saved as " + saved + ", a head that Earmark does not compute; its base model is used.",
                                .parameters = {{"architecture", saved}},
                                .causes = {}});
    const auto lacks = [&](const std::string& what) {
        return failure("model.unsupported", "The family " + quoteName(plan.family->modelType) + " has no network for " + what + "; choose another base.", path,
                       {{"family", plan.family->modelType}});
    };
    if (plan.head == Head::ctc && plan.family->ctcClass.empty())
        return lacks("speech recognition (CTC)");
    if (plan.head == Head::classification && plan.family->classificationClass.empty())
        return lacks("classification");
    if (plan.head == Head::pretraining && plan.family->pretrainingClass.empty())
        return lacks("pretraining");
    if (plan.head == Head::classification)
        return chooseLabels(plan, path, options, savedHead == Head::classification);
    const bool spells = plan.head == Head::ctc || (plan.head == Head::pretraining && plan.family->pretrainingSpells);
    return spells ? chooseVocabulary(plan, folder, options, savedHead == plan.head) : Result<void>();
}

Result<Plan> planLoading(Json config, const std::string& path, const std::string& folder, const LoadOptions& options)
{
    Plan plan{.config = std::move(config)};
    EARMARK_TRY_VOID(applyOverrides(plan.config, options));
    EARMARK_TRY(plan.family, familyOf(plan.config, path));
    EARMARK_TRY_VOID(chooseHead(plan, path, folder, options));
    return plan;
}

Result<std::shared_ptr<Model>> build(const Plan& plan, const std::string& path)
{
    try {
        const ParameterBudget budget;
        return plan.family->build(plan.config, path, plan.head);
    } catch (Failure& failure) {
        failure.error.path = path;
        return tl::unexpected(std::move(failure.error));
    }
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : " × ") + std::to_string(size);
    return text.empty() ? "a single number" : text;
}

/// What has to be made anew. Error: model.bad_weights for tensors of another shape than config.json says.
Result<std::set<std::string>> unfilled(const Model& model, const AssignReport& assigned, const Plan& plan, const std::string& folder)
{
    std::set<std::string> names(assigned.missing.begin(), assigned.missing.end());
    const std::vector<std::string> head = model.outputLayer();
    if (plan.newHead)
        names.insert(head.begin(), head.end());
    for (const AssignReport::Mismatch& mismatch : assigned.mismatched)
        if (!names.contains(mismatch.name))
            return failure("model.bad_weights",
                           "In " + quoteName(folder) + " the tensor " + quoteName(mismatch.name) + " is of shape " + shapeText(mismatch.fileShape) +
                               ", and config.json asks for " + shapeText(mismatch.modelShape) + "; the two files do not belong together.",
                           folder, {{"tensor", mismatch.name}});
    std::size_t parameters = model.parameters().size();
    if (assigned.missing.size() >= parameters)
        return failure("model.bad_weights", "None of the weights in " + quoteName(folder) + " belongs to " + model.architecture() +
                                                "; the folder is of another model, or damaged.", folder);
    return names;
}

at::Generator generatorOf(std::uint64_t seed)
{
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}

/// Into the type and onto the device that were asked for; integers keep their type.
void place(Model& model, const LoadOptions& options)
{
    torch::NoGradGuard noGrad;
    const auto move = [&](torch::Tensor& tensor) {
        const auto type = tensor.is_floating_point() ? options.dtype : tensor.scalar_type();
        if (tensor.device() != options.device || tensor.scalar_type() != type)
            tensor.set_data(tensor.to(options.device, type));
    };
    for (torch::Tensor& parameter : model.parameters())
        move(parameter);
    for (torch::Tensor& buffer : model.buffers())
        move(buffer);
    model.setAttention(options.attention);
    model.eval();
}

} // namespace

Result<LoadedModel> loadModel(const std::string& folder, const LoadOptions& options)
{
    const std::string path = folder + "/config.json";
    EARMARK_TRY(Json config, readConfig(folder));
    EARMARK_TRY(Plan plan, planLoading(std::move(config), path, folder, options));
    LoadedModel loaded;
    loaded.report.remarks = plan.remarks;
    EARMARK_TRY(loaded.extractor, loadFeatureExtractor(folder, plan.family->modelType));
    EARMARK_TRY(StateDict weights, loadStateDict(folder));
    if (!options.language.empty())
        EARMARK_TRY_VOID(useLanguage(options.language, folder, plan.config, weights));
    EARMARK_TRY(loaded.model, build(plan, path));
    loaded.tokenizer = plan.tokenizer;
    if (plan.family->readsText && RobertaTokenizer::isIn(folder)) {
        EARMARK_TRY(loaded.textTokenizer, RobertaTokenizer::load(folder));
    }

    const AssignReport assigned = assignStateDict(*loaded.model, weights, plan.family->baseModelPrefix);
    EARMARK_TRY(const auto names, unfilled(*loaded.model, assigned, plan, folder));
    fillParameters(*loaded.model, names, generatorOf(options.seed));
    place(*loaded.model, options);

    loaded.report.newlyMade.assign(names.begin(), names.end());
    loaded.report.leftOver = assigned.unexpected;
    loaded.report.remarks.insert(loaded.report.remarks.end(), assigned.remarks.begin(), assigned.remarks.end());
    if (std::ranges::any_of(assigned.unexpected, [](const std::string& name) { return name.starts_with("decoder."); }))
        loaded.report.remarks.push_back({.code = "model.decoder_not_used",
                                         .message = "The weights include a decoder, which is not used: the encoder alone hears.",
                                         .parameters = {},
                                         .causes = {}});
    return loaded;
}

namespace
{

Result<LoadedModel> makeAnew(Json config, const std::string& path, std::unique_ptr<FeatureExtractor> extractor, LoadOptions options)
{
    EARMARK_TRY(const Family* family, familyOf(config, path));
    if (options.head == Head::asSaved || options.head == Head::base)
        options.head = family->classificationClass.empty() ? Head::ctc : Head::classification;
    EARMARK_TRY(const Plan plan, planLoading(std::move(config), path, {}, options));
    LoadedModel made{.extractor = std::move(extractor), .tokenizer = plan.tokenizer};
    EARMARK_TRY(made.model, build(plan, path));
    std::set<std::string> names;
    for (const auto& item : made.model->named_parameters())
        names.insert(item.key());
    for (const auto& item : made.model->named_buffers())
        names.insert(item.key());
    fillParameters(*made.model, names, generatorOf(options.seed));
    place(*made.model, options);
    return made;
}

} // namespace

Result<LoadedModel> createModel(const std::string& preset, const LoadOptions& options)
{
    for (const Family* family : familyTable())
        for (const Preset& candidate : family->presets()) {
            if (candidate.description.name != preset)
                continue;
            const std::string path = "scratch:" + preset;
            EARMARK_TRY(Json config, parseJson(candidate.config, path));
            EARMARK_TRY(auto extractor, featureExtractorFromJson(candidate.preprocessor, family->modelType));
            return makeAnew(std::move(config), path, std::move(extractor), options);
        }
    std::error_code error;
    if (const std::string path = preset + "/config.json"; std::filesystem::exists(path, error)) {
        EARMARK_TRY(Json config, readConfig(preset));
        EARMARK_TRY(const Family* family, familyOf(config, path));
        EARMARK_TRY(auto extractor, loadFeatureExtractor(preset, family->modelType));
        return makeAnew(std::move(config), path, std::move(extractor), options);
    }
    std::string known;
    for (const Family* family : familyTable())
        for (const Preset& candidate : family->presets())
            known += (known.empty() ? "" : ", ") + candidate.description.name;
    return failure("model.not_found", "There is no built-in model " + quoteName("scratch:" + preset) + ", and no folder with the config.json of one; there are " + known + ".", {},
                   {{"preset", preset}});
}

Result<void> saveModel(const ModelParts& parts, const std::string& folder)
{
    const Model& model = parts.model;
    EARMARK_TRY(Json config, parseJson(model.configJson(), folder + "/config.json"));
    const torch::ScalarType type = model.parameters().front().scalar_type();
    config.erase("torch_dtype"); // the older name of the next key
    config["dtype"] = type == torch::kHalf ? "float16" : type == torch::kBFloat16 ? "bfloat16" : "float32";
    EARMARK_TRY_VOID(writeSafetensors(folder + "/model.safetensors", stateDictOf(model)));
    EARMARK_TRY_VOID(writeFileAtomically(folder + "/preprocessor_config.json", parts.extractor.toJson()));
    if (parts.tokenizer)
        EARMARK_TRY_VOID(parts.tokenizer->save(folder));
    if (parts.textTokenizer)
        EARMARK_TRY_VOID(parts.textTokenizer->save(folder));
    return writeFileAtomically(folder + "/config.json", dumpJson(config));
}

} // namespace earmark::neural
