#include "ui/widgets/spectrogram_menu.h"

#include <QActionGroup>
#include <QFormLayout>
#include <QSpinBox>
#include <QWidgetAction>

#include "ui/widgets/spectrogram_look.h"
#include "ui/widgets/theme.h"

namespace earmark
{

template <class Value, class Set>
void SpectrogramMenu::addChoice(const QString& title, const QList<std::pair<QString, Value>>& choices, Value now, Set set)
{
    addSection(title);
    auto* group = new QActionGroup(this);
    for (const auto& [text, value] : choices) {
        QAction* action = addAction(text);
        action->setCheckable(true);
        action->setChecked(value == now);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [set, value = value] { (SpectrogramLook::instance().*set)(value); });
    }
}

SpectrogramMenu::SpectrogramMenu(QWidget* parent) : QMenu(parent)
{
    const SpectrogramLook& look = SpectrogramLook::instance();
    setObjectName("spectrogramMenu");
    addChoice<ColourMap>(tr("Colours"), {{tr("Blue to yellow"), ColourMap::meadow}, {tr("Black to cream"), ColourMap::ember}, {tr("Grey"), ColourMap::grey}},
                         look.colours(), &SpectrogramLook::setColours);
    addChoice<FrequencyAxis>(tr("Frequency axis"),
                             {{tr("Linear"), FrequencyAxis::linear}, {tr("Mel (as the ear hears)"), FrequencyAxis::mel}, {tr("Logarithmic (octaves)"), FrequencyAxis::logarithmic}},
                             look.axis(), &SpectrogramLook::setAxis);
    addChoice<int>(tr("Detail"), {{tr("Short moments"), -1}, {tr("Balanced"), 0}, {tr("Fine pitches"), 1}}, look.detail(), &SpectrogramLook::setDetail);
    addRange();
    addSection(tr("Waveform"));
    QAction* enlarge = addAction(tr("Enlarge quiet sounds"));
    enlarge->setObjectName("enlargeQuiet");
    enlarge->setCheckable(true);
    enlarge->setChecked(look.enlargesQuiet());
    connect(enlarge, &QAction::toggled, &SpectrogramLook::instance(), &SpectrogramLook::setEnlargesQuiet);
}

void SpectrogramMenu::addRange()
{
    SpectrogramLook& look = SpectrogramLook::instance();
    addSection(tr("Loudness"));
    auto* holder = new QWidget(this);
    auto* form = new QFormLayout(holder);
    form->setContentsMargins(6 * spaceUnit, spaceUnit, 3 * spaceUnit, 2 * spaceUnit);
    const auto spin = [&](const char* name, int low, int high, int value, auto set) {
        auto* box = new QSpinBox;
        box->setObjectName(name);
        box->setRange(low, high);
        box->setSingleStep(5);
        box->setSuffix(tr(" dB", "after a number"));
        box->setValue(value);
        connect(box, &QSpinBox::valueChanged, &look, set);
        return box;
    };
    form->addRow(tr("Brightest at"), spin("loudest", -60, 0, look.loudest(), &SpectrogramLook::setLoudest));
    form->addRow(tr("Range"), spin("range", 20, 120, look.range(), &SpectrogramLook::setRange));
    auto* action = new QWidgetAction(this);
    action->setDefaultWidget(holder);
    addAction(action);
}

} // namespace earmark
