#include "ui/pages/data/clip_menu.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QUrl>

#include <algorithm>

#include "ui/models/clip_table_model.h"
#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

ClipMenu::ClipMenu(Workspace& workspace, std::vector<ClipId> clips, QWidget* parent) : QMenu(parent), workspace_(workspace), clips_(std::move(clips))
{
    setObjectName("clipMenu");
    const bool writable = workspace_.project().isWritable();
    const Theme& theme = Theme::instance();
    addAction(theme.icon("play"), tr("Play"), QKeySequence(Qt::Key_Space), &workspace_.transport(), &Transport::play)->setObjectName("playClip");
    addAction(theme.icon("label"), tr("Open on the Label page"), QKeySequence(Qt::Key_Return), this, [this] { workspace_.showPage(Workspace::PageId::label); });
    addSeparator();
    addLabels();
    addStates();
    addSplits();
    addSeparator();
    addFiles();
    addSeparator();
    QAction* remove = addAction(theme.icon("delete"), tr("Remove from the project…"), QKeySequence(Qt::Key_Delete), this, &ClipMenu::removeAsked);
    remove->setObjectName("removeClips");
    remove->setEnabled(writable);
}

void ClipMenu::addLabels()
{
    QMenu* labels = addMenu(Theme::instance().icon("label"), tr("Label"));
    labels->setEnabled(workspace_.project().isWritable());
    for (const LabelClass& label : workspace_.view().labels) {
        QString name = shown(label.name);
        QAction* action = labels->addAction(name.replace('&', "&&"), this, [this, name = label.name] { workspace_.project().setLabels(clips_, {name}); });
        if (!label.key.empty())
            action->setShortcut(QKeySequence(shown(label.key)));
    }
    if (!workspace_.view().labels.empty())
        labels->addSeparator();
    labels->addAction(tr("None"), this, [this] { workspace_.project().setLabels(clips_, {}); })->setObjectName("clearLabels");
}

void ClipMenu::addStates()
{
    QMenu* states = addMenu(Theme::instance().icon("pin"), tr("State"));
    states->setEnabled(workspace_.project().isWritable());
    for (const auto& [text, state] : {std::pair(tr("Not marked"), ClipState::none), std::pair(tr("Skipped"), ClipState::skip), std::pair(tr("Unsure"), ClipState::unsure),
                                      std::pair(tr("Excluded"), ClipState::excluded)})
        states->addAction(text, this, [this, state = state] { workspace_.project().setState(clips_, state); });
}

/// The three usual ones, and what else the project has.
void ClipMenu::addSplits()
{
    QMenu* splits = addMenu(Theme::instance().icon("split"), tr("Split"));
    splits->setEnabled(workspace_.project().isWritable());
    std::vector<std::string> names = {"train", "validation", "test"};
    for (const SplitSize& split : workspace_.view().splits)
        if (std::ranges::find(names, split.name) == names.end())
            names.push_back(split.name);
    for (const std::string& name : names) {
        QString text = ClipTableModel::splitText(name);
        splits->addAction(text.replace('&', "&&"), this, [this, name] { workspace_.project().moveToSplit(clips_, name); })->setObjectName("moveTo:" + shown(name));
    }
    splits->addSeparator();
    splits->addAction(tr("None"), this, [this] { workspace_.project().moveToSplit(clips_, {}); })->setObjectName("moveTo:");
}

void ClipMenu::addFiles()
{
    const auto place = workspace_.view().rowOf(clips_.front());
    if (!place)
        return;
    const QString path = shown(workspace_.view().rows[*place].audio.source.path);
    addAction(Theme::instance().icon("folder"), tr("Show its folder"), this, [path] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).path())); });
    addAction(Theme::instance().icon("copy"), tr("Copy the path"), this, [path] { QGuiApplication::clipboard()->setText(path); })->setObjectName("copyPath");
    QAction* relocate = addAction(Theme::instance().icon("relocate"), tr("Find files that moved…"), this, &ClipMenu::relocateAsked);
    relocate->setObjectName("relocateFiles");
    relocate->setEnabled(workspace_.project().isWritable());
}

} // namespace earmark
