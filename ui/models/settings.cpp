#include "ui/models/settings.h"

#include <QStandardPaths>

namespace earmark
{

namespace
{

constexpr std::size_t recentAtMost = 10;

} // namespace

Settings::Settings(const QString& file, QObject* parent) : QObject(parent)
{
    if (!file.isEmpty())
        file_ = std::make_unique<QSettings>(file, QSettings::IniFormat);
}

QString Settings::defaultFile() { return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + "/earmark/earmark.ini"; }

ComputeOptions Settings::computeOptions() const
{
    ComputeOptions options;
    options.device = device().toStdString();
    options.threads = threads();
    return options;
}

std::vector<std::string> Settings::recentProjects() const
{
    std::vector<std::string> paths;
    for (const QVariant& path : value("recentProjects").toList())
        paths.push_back(path.toByteArray().toStdString());
    return paths;
}

void Settings::setRecentProjects(const std::vector<std::string>& paths)
{
    QVariantList list;
    for (const std::string& path : paths)
        list.append(QByteArray::fromStdString(path));
    setValue("recentProjects", list);
}

void Settings::addRecentProject(const std::string& path)
{
    std::vector<std::string> paths = recentProjects();
    std::erase(paths, path);
    paths.insert(paths.begin(), path);
    paths.resize(std::min(paths.size(), recentAtMost));
    setRecentProjects(paths);
}

void Settings::removeRecentProject(const std::string& path)
{
    std::vector<std::string> paths = recentProjects();
    std::erase(paths, path);
    setRecentProjects(paths);
}

QVariant Settings::value(const QString& key, const QVariant& otherwise) const
{
    return file_ ? file_->value(key, otherwise) : memory_.value(key, otherwise);
}

void Settings::setValue(const QString& key, const QVariant& value)
{
    if (this->value(key) == value)
        return;
    if (file_)
        file_->setValue(key, value);
    else
        memory_.insert(key, value);
    Q_EMIT changed(key);
}

} // namespace earmark
