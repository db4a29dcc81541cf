#include "ui/models/base_model_list.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <filesystem>

#include "engine/compute/model_cache.h"
#include "ui/models/text.h"

namespace earmark
{

namespace
{

constexpr auto foldersKey = "train/baseFolders";
constexpr int remembered = 8;

std::optional<BaseModel> modelIn(const std::string& folder, BaseModel::Kind kind, const std::string& title)
{
    auto card = readModelCard(folder);
    if (!card)
        return std::nullopt;
    return BaseModel{.kind = kind, .base = folder, .title = title, .card = std::move(*card)};
}

std::string lastPart(const std::string& folder)
{
    const std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
    return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

std::vector<std::string> rememberedFolders(const Settings& settings)
{
    std::vector<std::string> folders;
    for (const QVariant& folder : settings.value(foldersKey).toList())
        folders.push_back(folder.toByteArray().toStdString());
    return folders;
}

void remember(Settings& settings, const std::string& folder)
{
    const QVariant kept = QByteArray::fromStdString(folder);
    QVariantList folders = settings.value(foldersKey).toList();
    folders.removeAll(kept);
    folders.prepend(kept);
    settings.setValue(foldersKey, folders.mid(0, remembered));
}

std::vector<BaseModel> modelsOnDisk(const std::vector<std::string>& folders)
{
    std::vector<BaseModel> models;
    for (const CachedModel& cached : cachedModels())
        if (auto model = modelIn(cached.path, BaseModel::Kind::cached, cached.name))
            models.push_back(std::move(*model));
    for (const std::string& folder : folders)
        if (auto model = modelIn(folder, BaseModel::Kind::folder, lastPart(folder)))
            models.push_back(std::move(*model));
    return models;
}

} // namespace

BaseModelList::BaseModelList(Settings& settings, QObject* parent) : QAbstractListModel(parent), settings_(settings) {}

void BaseModelList::load()
{
    if (!asked_)
        reload();
}

void BaseModelList::reload()
{
    asked_ = true;
    pending_ += 2;
    files_.ask(
        this, [folders = rememberedFolders(settings_)] { return modelsOnDisk(folders); },
        [this](std::vector<BaseModel> found) { takeCached(std::move(found)); });
    networks_.ask(
        this,
        []() -> Result<ComputeDescription> {
            EARMARK_TRY(Compute * compute, openCompute());
            return compute->describe();
        },
        [this](Result<ComputeDescription> description) { takePresets(std::move(description)); });
}

void BaseModelList::takeCached(std::vector<BaseModel> found)
{
    --pending_;
    const auto folders = std::ranges::stable_partition(found, [](const BaseModel& model) { return model.kind == BaseModel::Kind::cached; });
    std::vector<BaseModel> own(std::make_move_iterator(folders.begin()), std::make_move_iterator(folders.end()));
    found.erase(folders.begin(), folders.end());
    replace(BaseModel::Kind::cached, std::move(found));
    replace(BaseModel::Kind::folder, std::move(own));
    Q_EMIT loaded();
}

void BaseModelList::takePresets(Result<ComputeDescription> description)
{
    --pending_;
    std::vector<BaseModel> found;
    error_.reset();
    if (!description) {
        error_ = std::move(description.error());
    } else {
        families_ = std::move(description->families);
        devices_ = std::move(description->devices);
        for (PresetDescription& preset : description->presets) {
            if (std::ranges::find(preset.tasks, "classification") == preset.tasks.end())
                continue; // what the window trains
            found.push_back({.kind = BaseModel::Kind::preset,
                             .base = "scratch:" + preset.name,
                             .title = preset.name,
                             .card = {.family = preset.family, .parameters = preset.parameters},
                             .explanation = std::move(preset.explanation),
                             .settings = std::move(preset.settings)});
        }
    }
    replace(BaseModel::Kind::preset, std::move(found));
    Q_EMIT loaded();
}

/// Swaps the rows of one kind, which lie together.
void BaseModelList::replace(BaseModel::Kind kind, std::vector<BaseModel> found)
{
    const auto begin = std::ranges::find_if(models_, [&](const BaseModel& model) { return model.kind >= kind; });
    const auto end = std::find_if(begin, models_.end(), [&](const BaseModel& model) { return model.kind > kind; });
    const int first = static_cast<int>(begin - models_.begin());
    if (begin != end) {
        beginRemoveRows({}, first, static_cast<int>(end - models_.begin()) - 1);
        models_.erase(begin, end);
        endRemoveRows();
    }
    if (!found.empty()) {
        beginInsertRows({}, first, first + static_cast<int>(found.size()) - 1);
        models_.insert(models_.begin() + first, std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
        endInsertRows();
    }
    judge();
}

void BaseModelList::judge()
{
    for (BaseModel& model : models_)
        model.isKnown = families_.empty() || std::ranges::find(families_, model.card.family) != families_.end();
    if (!models_.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void BaseModelList::addFolder(const std::string& folder)
{
    files_.ask(
        this,
        [folder]() -> Result<BaseModel> {
            EARMARK_TRY(ModelCard card, readModelCard(folder));
            return BaseModel{.kind = BaseModel::Kind::folder, .base = folder, .title = lastPart(folder), .card = std::move(card)};
        },
        [this](Result<BaseModel> model) {
            if (!model) {
                Q_EMIT folderRefused(model.error());
                return;
            }
            const std::string base = model->base;
            remember(settings_, base);
            if (rowOf(base) < 0) {
                beginInsertRows({}, rowCount(), rowCount());
                models_.push_back(std::move(*model));
                endInsertRows();
                judge();
            }
            Q_EMIT folderAdded(rowOf(base));
        });
}

const BaseModel* BaseModelList::find(const std::string& base) const
{
    const int row = rowOf(base);
    return row < 0 ? nullptr : &models_[static_cast<std::size_t>(row)];
}

int BaseModelList::rowOf(const std::string& base) const
{
    const auto found = std::ranges::find(models_, base, &BaseModel::base);
    return found == models_.end() ? -1 : static_cast<int>(found - models_.begin());
}

int BaseModelList::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(models_.size()); }

QVariant BaseModelList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const BaseModel& model = models_[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return shown(model.title);
    return role == Qt::ToolTipRole ? QVariant(shown(model.base)) : QVariant();
}

void BaseModelList::describe(const std::string& base, QObject* context, std::function<void(const Result<ModelDescription>&)> take)
{
    if (const auto known = described_.find(base); known != described_.end())
        return take(known->second);
    networks_.ask(
        context,
        [base]() -> Result<ModelDescription> {
            EARMARK_TRY(Compute * compute, openCompute());
            return compute->describeModel(base);
        },
        [this, base, take = std::move(take)](Result<ModelDescription> description) {
            take(described_.insert_or_assign(base, std::move(description)).first->second);
        });
}

QString familyName(const std::string& family)
{
    static const std::map<std::string, const char*> names = {{"wav2vec2", "wav2vec 2.0"},
                                                             {"hubert", "HuBERT"},
                                                             {"audio-spectrogram-transformer", "Audio Spectrogram Transformer"},
                                                             {"unispeech", "UniSpeech"},
                                                             {"unispeech-sat", "UniSpeech-SAT"},
                                                             {"wavlm", "WavLM"},
                                                             {"data2vec-audio", "data2vec"},
                                                             {"sew", "SEW"},
                                                             {"sew-d", "SEW-D"},
                                                             {"wav2vec2-conformer", "Wav2Vec2-Conformer"},
                                                             {"whisper", "Whisper"},
                                                             {"clap", "CLAP"}};
    const auto found = names.find(family);
    return found == names.end() ? shown(family) : QString::fromLatin1(found->second);
}

QString parametersText(std::int64_t parameters)
{
    const QLocale locale;
    if (parameters >= 1000000)
        return QCoreApplication::translate("earmark::BaseModelList", "%1 million").arg(locale.toString(static_cast<double>(parameters) / 1e6, 'f', 1));
    return QCoreApplication::translate("earmark::BaseModelList", "%1 thousand").arg(locale.toString(static_cast<double>(parameters) / 1e3, 'f', 0));
}

} // namespace earmark
