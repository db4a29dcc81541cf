#include "ui/dialogs/settings_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QThread>
#include <QVBoxLayout>

#include <functional>
#include <memory>

#include "engine/bridge/picture_store.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

/// Runs `work` on a thread of its own, and `then` here with what it gave unless `owner` is gone.
void aside(QObject* owner, std::function<qint64()> work, std::function<void(qint64)> then)
{
    auto result = std::make_shared<qint64>(0);
    QThread* thread = QThread::create([work = std::move(work), result] { *result = work(); });
    QObject::connect(thread, &QThread::finished, owner, [result, then = std::move(then)] { then(*result); });
    QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

void addHeading(QFormLayout& form, const QString& text)
{
    auto* label = new QLabel(text);
    label->setProperty("heading", true);
    label->setContentsMargins(0, form.rowCount() ? 3 * spaceUnit : 0, 0, 0);
    form.addRow(label);
}

QLabel* explanation(const QString& text)
{
    auto* label = new QLabel(text);
    label->setProperty("muted", true);
    label->setWordWrap(true);
    return label;
}

/// A choice whose items carry the value that is kept.
QComboBox* choice(const QString& name, const QList<std::pair<QString, QString>>& items, const QString& current)
{
    auto* box = new QComboBox;
    box->setObjectName(name);
    for (const auto& [text, value] : items)
        box->addItem(text, value);
    box->setCurrentIndex(std::max(0, box->findData(current)));
    return box;
}

} // namespace

SettingsDialog::SettingsDialog(Settings& settings, QWidget* parent) : QDialog(parent), settings_(settings)
{
    setObjectName("settingsDialog");
    setWindowTitle(tr("Settings"));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(4 * spaceUnit);
    form->setVerticalSpacing(2 * spaceUnit);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addLook(*form);
    addLabelling(*form);
    addComputing(*form);
    addCache(*form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::accept);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(5 * spaceUnit, 5 * spaceUnit, 5 * spaceUnit, 4 * spaceUnit);
    column->addLayout(form);
    column->addSpacing(3 * spaceUnit);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(125 * spaceUnit);
    measureCache();
}

void SettingsDialog::addLook(QFormLayout& form)
{
    addHeading(form, tr("Look"));
    auto* language = choice("language", {{tr("As the system"), ""}, {"English", "en"}, {"中文", "zh_CN"}}, settings_.language());
    auto* restart = explanation(tr("The language changes when Earmark is started again."));
    restart->setObjectName("restartNote");
    restart->hide();
    connect(language, &QComboBox::activated, this, [this, language, restart] {
        settings_.setLanguage(language->currentData().toString());
        restart->show();
    });
    form.addRow(tr("&Language"), language);
    form.addRow(QString(), restart);
    auto* theme = choice("theme", {{tr("As the system"), "system"}, {tr("Light"), "light"}, {tr("Dark"), "dark"}}, settings_.theme());
    connect(theme, &QComboBox::activated, this, [this, theme] { settings_.setTheme(theme->currentData().toString()); });
    form.addRow(tr("&Colours"), theme);
}

void SettingsDialog::addLabelling(QFormLayout& form)
{
    addHeading(form, tr("Labelling"));
    auto* autoplay = new QCheckBox(tr("&Play a clip as soon as it is chosen"));
    autoplay->setObjectName("autoplay");
    autoplay->setChecked(settings_.autoplay());
    connect(autoplay, &QCheckBox::toggled, &settings_, &Settings::setAutoplay);
    form.addRow(QString(), autoplay);
    auto* advance = new QCheckBox(tr("&Go to the next clip after a label"));
    advance->setObjectName("advance");
    advance->setChecked(settings_.advance());
    connect(advance, &QCheckBox::toggled, &settings_, &Settings::setAdvance);
    form.addRow(QString(), advance);
    auto* author = new QLineEdit(settings_.author());
    author->setObjectName("author");
    author->setPlaceholderText(qEnvironmentVariable("USER"));
    author->setToolTip(tr("The project keeps who gave each label. This name stays on your disk like everything else."));
    connect(author, &QLineEdit::editingFinished, this, [this, author] { settings_.setAuthor(author->text().trimmed()); });
    form.addRow(tr("&Your name"), author);
}

void SettingsDialog::addComputing(QFormLayout& form)
{
    addHeading(form, tr("Computing"));
    auto* device = choice("device", {{tr("The graphics card where there is one"), "auto"}, {tr("The processor"), "cpu"}, {tr("The graphics card"), "cuda"}},
                          settings_.device());
    connect(device, &QComboBox::activated, this, [this, device] { settings_.setDevice(device->currentData().toString()); });
    form.addRow(tr("&Train and predict on"), device);
    auto* threads = new QSpinBox;
    threads->setObjectName("threads");
    threads->setRange(0, std::max(1, QThread::idealThreadCount()));
    threads->setSpecialValueText(tr("All"));
    threads->setValue(settings_.threads());
    connect(threads, &QSpinBox::valueChanged, &settings_, &Settings::setThreads);
    form.addRow(tr("Processor &cores"), threads);
}

void SettingsDialog::addCache(QFormLayout& form)
{
    addHeading(form, tr("Cache"));
    auto* limit = new QSpinBox;
    limit->setObjectName("cacheLimit");
    limit->setRange(100, 1'000'000);
    limit->setSingleStep(100);
    limit->setSuffix(tr(" MB"));
    limit->setValue(static_cast<int>(settings_.cacheLimit() / 1'000'000));
    connect(limit, &QSpinBox::valueChanged, this, [this](int megabytes) { settings_.setCacheLimit(megabytes * 1'000'000LL); });
    form.addRow(tr("At &most"), limit);
    cacheSize_ = explanation(tr("Measuring…"));
    cacheSize_->setObjectName("cacheSize");
    clear_ = new QPushButton(tr("&Empty it"));
    clear_->setObjectName("clearCache");
    clear_->setToolTip(tr("Pictures of sounds are made again when they are needed. No label and no model is in the cache."));
    connect(clear_, &QPushButton::clicked, this, &SettingsDialog::clearCache);
    auto* line = new QHBoxLayout;
    line->addWidget(cacheSize_, 1);
    line->addWidget(clear_);
    form.addRow(tr("Holds now"), line);
}

void SettingsDialog::measureCache()
{
    aside(this, [] { return static_cast<qint64>(PictureStore::user().size()); }, [this](qint64 bytes) {
        cacheSize_->setText(bytesText(bytes));
        clear_->setEnabled(bytes > 0);
    });
}

void SettingsDialog::clearCache()
{
    clear_->setEnabled(false);
    aside(
        this,
        [] {
            PictureStore::user().clear();
            return qint64(0);
        },
        [this](qint64) { measureCache(); });
}

} // namespace earmark
