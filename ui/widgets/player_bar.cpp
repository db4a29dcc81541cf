#include "ui/widgets/player_bar.h"

#include <QAbstractSpinBox>
#include <QActionGroup>
#include <QApplication>
#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <QSlider>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "engine/audio/time_stretch.h"
#include "ui/models/error_text.h"
#include "ui/models/text.h"
#include "ui/widgets/label_keys.h"
#include "ui/widgets/level_meter.h"
#include "ui/widgets/spectrogram_look.h"
#include "ui/widgets/spectrogram_menu.h"
#include "ui/widgets/spectrogram_view.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/time_axis.h"
#include "ui/widgets/waveform_view.h"

namespace earmark
{

namespace
{

constexpr double skip = 1; ///< seconds

/// Widgets for which Space means something else.
bool usesSpace(const QWidget* widget)
{
    return widget && (LabelKeys::isTyping(widget) || qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
                      qobject_cast<const QMenu*>(widget));
}

/// Digits of one width, so that a running time does not tremble.
QFont digits(const QFont& base, double scale)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(base.pointSizeF() * scale);
    return font;
}

} // namespace

PlayerBar::PlayerBar(Workspace& workspace, QWidget* parent) : QFrame(parent), workspace_(workspace), transport_(workspace.transport()), viewport_(this)
{
    setObjectName("playerBar");
    setAccessibleName(tr("Player"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(3 * spaceUnit, 2 * spaceUnit, 3 * spaceUnit, 2 * spaceUnit);
    row->setSpacing(3 * spaceUnit);
    row->addWidget(makeControls());
    row->addWidget(makeViews(), 1);
    row->addWidget(new LevelMeter(transport_));
    row->addWidget(makeSettings());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFixedHeight(37 * spaceUnit);

    space_ = new QShortcut(Qt::Key_Space, this, &transport_, &Transport::toggle);
    space_->setWhatsThis(tr("Play and pause"));
    loopTimer_ = new QTimer(this);
    loopTimer_->setSingleShot(true);
    loopTimer_->setInterval(150); // a selection that is being dragged changes with every move
    connect(loopTimer_, &QTimer::timeout, this, &PlayerBar::followLoop);
    connect(&viewport_, &TimeViewport::selectionChanged, loopTimer_, qOverload<>(&QTimer::start));
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, const QWidget* now) { followFocus(now); });
    connect(&transport_, &Transport::clipChanged, this, &PlayerBar::showClip);
    connect(&transport_, &Transport::durationChanged, this, &PlayerBar::showTime);
    connect(&transport_, &Transport::positionChanged, this, &PlayerBar::showTime);
    connect(&transport_, &Transport::playingChanged, this, &PlayerBar::showPlaying);
    connect(&transport_, &Transport::speedChanged, this, &PlayerBar::showSpeed);
    connect(&transport_, &Transport::audibleChanged, this, &PlayerBar::showAudible);
    connect(&transport_, &Transport::loopChanged, this, [this] { loop_->setChecked(transport_.loop().has_value()); });
    connect(&workspace_.picture(), &SoundPicture::wholeChanged, this, &PlayerBar::showClip);
    const auto takeDetail = [this] { workspace_.picture().setDetail(SpectrogramLook::instance().detail()); };
    connect(&SpectrogramLook::instance(), &SpectrogramLook::changed, this, takeDetail);
    takeDetail();
    connect(&Theme::instance(), &Theme::changed, this, &PlayerBar::remakeIcons);
    transport_.setVolume(QSettings().value("player/volume", 1.0).toDouble());
    remakeIcons();
    showClip();
    showSpeed();
    showAudible();
}

QToolButton* PlayerBar::makeButton(const QString& name, const QString& icon)
{
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setProperty("earmarkIcon", icon);
    button->setIconSize({20, 20});
    button->setFixedSize(8 * spaceUnit, 8 * spaceUnit);
    return button;
}

QWidget* PlayerBar::makeControls()
{
    auto* box = new QWidget;
    box->setFixedWidth(44 * spaceUnit);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spaceUnit);
    title_ = new QLabel;
    title_->setObjectName("clipTitle");
    title_->setTextFormat(Qt::PlainText);
    time_ = new QLabel;
    time_->setObjectName("clipTime");
    time_->setFont(digits(font(), 1.0));
    time_->setAccessibleName(tr("Place and length"));
    play_ = makeButton("play", "play");
    play_->setFixedSize(10 * spaceUnit, 10 * spaceUnit);
    play_->setIconSize({26, 26});
    back_ = makeButton("back", "skip-back");
    back_->setAccessibleName(tr("Back one second"));
    back_->setToolTip(tr("Back one second (←)"));
    forward_ = makeButton("forward", "skip-forward");
    forward_->setAccessibleName(tr("On one second"));
    forward_->setToolTip(tr("On one second (→)"));
    loop_ = makeButton("loop", "loop");
    loop_->setCheckable(true);
    loop_->setAccessibleName(tr("Loop"));
    loop_->setToolTip(tr("Play again and again: what is selected, or all"));
    connect(play_, &QToolButton::clicked, &transport_, &Transport::toggle);
    connect(back_, &QToolButton::clicked, this, [this] { transport_.seek(transport_.position() - skip); });
    connect(forward_, &QToolButton::clicked, this, [this] { transport_.seek(transport_.position() + skip); });
    connect(loop_, &QToolButton::clicked, this, &PlayerBar::followLoop);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(spaceUnit);
    for (QToolButton* button : {play_, back_, forward_, loop_})
        buttons->addWidget(button);
    buttons->addStretch();
    column->addWidget(title_);
    column->addWidget(time_);
    column->addStretch();
    column->addLayout(buttons);
    return box;
}

QWidget* PlayerBar::makeViews()
{
    SoundPicture& picture = workspace_.picture();
    SoundView::followClip(viewport_, picture);
    SoundView::followPlayhead(viewport_, transport_);
    auto* views = new QWidget;
    auto* column = new QVBoxLayout(views);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(new TimeAxis(picture, viewport_, transport_));
    column->addWidget(new WaveformView(picture, viewport_, transport_), 2);
    column->addWidget(new SpectrogramView(picture, viewport_, transport_), 3);
    message_ = new QLabel;
    message_->setObjectName("playerMessage");
    message_->setAlignment(Qt::AlignCenter);
    message_->setWordWrap(true);
    message_->setTextFormat(Qt::PlainText);
    stack_ = new QStackedWidget;
    stack_->addWidget(views);
    stack_->addWidget(message_);
    return stack_;
}

QWidget* PlayerBar::makeSettings()
{
    auto* box = new QWidget;
    box->setFixedWidth(30 * spaceUnit);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spaceUnit);

    speed_ = makeButton("speed", {});
    speed_->setFixedSize(16 * spaceUnit, 8 * spaceUnit);
    speed_->setPopupMode(QToolButton::InstantPopup);
    speed_->setAccessibleName(tr("Speed"));
    auto* speeds = new QMenu(speed_);
    auto* group = new QActionGroup(speeds);
    for (const double speed : {0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0}) {
        QAction* action = speeds->addAction(tr("%1×", "speed").arg(locale().toString(speed)));
        action->setCheckable(true);
        action->setData(speed);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, speed] { transport_.setSpeed(speed); });
    }
    speed_->setMenu(speeds);
    speed_->setEnabled(canStretchTime());
    speed_->setToolTip(canStretchTime() ? tr("Speed, with the pitch kept") : tr("This build plays at the natural speed alone: it has no FFmpeg"));

    mute_ = makeButton("mute", "volume");
    mute_->setAccessibleName(tr("Mute"));
    connect(mute_, &QToolButton::clicked, this, [this] {
        const bool loud = transport_.volume() > 0;
        if (loud)
            volumeBefore_ = transport_.volume();
        transport_.setVolume(loud ? 0 : volumeBefore_);
    });
    volume_ = new QSlider(Qt::Horizontal);
    volume_->setObjectName("volume");
    volume_->setAccessibleName(tr("Volume"));
    volume_->setRange(0, 100);
    connect(volume_, &QSlider::valueChanged, this, [this](int value) { transport_.setVolume(value / 100.0); });
    connect(&transport_, &Transport::volumeChanged, this, [this](double volume) {
        const QSignalBlocker quiet(volume_);
        volume_->setValue(qRound(volume * 100));
        QSettings().setValue("player/volume", volume);
        showAudible();
    });
    auto* look = makeButton("look", "tune");
    look->setAccessibleName(tr("How the spectrogram looks"));
    look->setToolTip(tr("Colours, range and frequency axis"));
    look->setPopupMode(QToolButton::InstantPopup);
    look->setMenu(new SpectrogramMenu(look));

    auto* top = new QHBoxLayout;
    top->addWidget(speed_);
    top->addStretch();
    top->addWidget(look);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(spaceUnit);
    bottom->addWidget(mute_);
    bottom->addWidget(volume_, 1);
    auto* zoom = new QHBoxLayout;
    zoom->setSpacing(0);
    const auto addZoom = [&](const char* name, const QString& text, const QString& hint, auto act) {
        QToolButton* button = makeButton(name, name);
        button->setAccessibleName(text);
        button->setToolTip(hint);
        connect(button, &QToolButton::clicked, this, act);
        zoom->addWidget(button);
    };
    const auto middle = [this] { return (viewport_.start() + viewport_.end()) / 2; };
    addZoom("zoom-out", tr("Zoom out"), tr("Zoom out (−, or turn the wheel)"), [this, middle] { viewport_.zoom(0.5, middle()); });
    addZoom("zoom-in", tr("Zoom in"), tr("Zoom in (+, or turn the wheel)"), [this, middle] { viewport_.zoom(2, viewport_.selection() ? viewport_.selection()->first : middle()); });
    addZoom("zoom-all", tr("Show all"), tr("Show all (double-click)"), [this] { viewport_.showAll(); });
    zoom->addStretch();
    column->addLayout(top);
    column->addStretch();
    column->addLayout(zoom);
    column->addStretch();
    column->addLayout(bottom);
    return box;
}

void PlayerBar::remakeIcons()
{
    for (auto* button : findChildren<QToolButton*>())
        if (const QString name = button->property("earmarkIcon").toString(); !name.isEmpty())
            button->setIcon(Theme::instance().icon(name));
    showPlaying();
    showAudible();
}

void PlayerBar::showClip()
{
    const bool loaded = transport_.clip().has_value();
    const auto& error = workspace_.picture().error();
    const bool unreadable = loaded && error && !workspace_.picture().peaks();
    for (QWidget* widget : {static_cast<QWidget*>(play_), static_cast<QWidget*>(back_), static_cast<QWidget*>(forward_), static_cast<QWidget*>(loop_)})
        widget->setEnabled(loaded && !unreadable);
    message_->setText(unreadable ? errorText(*error) : tr("Choose a clip to see and hear it"));
    stack_->setCurrentIndex(loaded && !unreadable ? 0 : 1);
    showTitle();
    showTime();
    showPlaying();
}

void PlayerBar::showTitle()
{
    const QString text = transport_.clip() ? transport_.clip()->title : QString();
    title_->setText(title_->fontMetrics().elidedText(text, Qt::ElideMiddle, title_->width()));
    title_->setToolTip(text);
}

void PlayerBar::showPlaying()
{
    const bool playing = transport_.isPlaying();
    play_->setIcon(Theme::instance().icon(playing ? "pause" : "play"));
    play_->setAccessibleName(playing ? tr("Pause") : tr("Play"));
    play_->setToolTip(playing ? tr("Pause (Space)") : tr("Play (Space)"));
    if (playing && !transport_.isAudible() && !saidSilent_) {
        saidSilent_ = true;
        workspace_.notify(tr("No sound device: playing silently"));
    }
}

void PlayerBar::showTime()
{
    time_->setText(transport_.clip() ? tr("%1 / %2", "place / length").arg(clockText(transport_.position()), clockText(transport_.duration())) : QString());
}

void PlayerBar::showSpeed()
{
    speed_->setText(tr("%1×", "speed").arg(locale().toString(transport_.speed())));
    for (QAction* action : speed_->menu()->actions())
        action->setChecked(qFuzzyCompare(action->data().toDouble(), transport_.speed()));
}

void PlayerBar::showAudible()
{
    const bool audible = transport_.isAudible();
    const bool loud = audible && transport_.volume() > 0;
    mute_->setIcon(Theme::instance().icon(loud ? "volume" : "volume-off"));
    mute_->setEnabled(audible);
    volume_->setEnabled(audible);
    mute_->setToolTip(!audible ? tr("No sound device: playing silently") : loud ? tr("Mute") : tr("Sound on"));
}

void PlayerBar::followLoop()
{
    if (!loop_->isChecked())
        transport_.setLoop(std::nullopt);
    else if (const auto& selection = viewport_.selection(); selection && selection->second > selection->first)
        transport_.setLoop(*selection);
    else if (transport_.duration() > 0)
        transport_.setLoop(std::pair{0.0, transport_.duration()});
}

void PlayerBar::followFocus(const QWidget* now) { space_->setEnabled(!usesSpace(now)); }

void PlayerBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    showTitle();
}

} // namespace earmark
