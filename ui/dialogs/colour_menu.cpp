#include "ui/dialogs/colour_menu.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QToolButton>
#include <QWidgetAction>

#include <vector>

#include "engine/dataset/palette.h"
#include "ui/models/label_colours.h"
#include "ui/models/text.h"
#include "ui/widgets/theme.h"

namespace earmark
{

namespace
{

constexpr int colourCount = 24;
constexpr int inRow = 6;

class ColourMenu : public QMenu
{
public:
    explicit ColourMenu(const QColor& current)
    {
        setObjectName("labelColours");
        auto* box = new QWidget;
        auto* grid = new QGridLayout(box);
        grid->setContentsMargins(spaceUnit, spaceUnit, spaceUnit, spaceUnit);
        grid->setSpacing(spaceUnit / 2);
        for (int i = 0; i < colourCount; ++i) {
            const QColor colour(shown(paletteColour(static_cast<std::size_t>(i))));
            grid->addWidget(makeField(colour, colour == current), i / inRow, i % inRow);
        }
        auto* action = new QWidgetAction(this);
        action->setDefaultWidget(box);
        addAction(action);
        connect(this, &QMenu::aboutToShow, this, [this] { moveTo(at_); });
    }

    const std::optional<QColor>& chosen() const { return chosen_; }

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        switch (event->key()) {
        case Qt::Key_Left: return moveTo(at_ - 1);
        case Qt::Key_Right: return moveTo(at_ + 1);
        case Qt::Key_Up: return moveTo(at_ - inRow);
        case Qt::Key_Down: return moveTo(at_ + inRow);
        case Qt::Key_Space:
        case Qt::Key_Return:
        case Qt::Key_Enter: return fields_[static_cast<std::size_t>(at_)]->click();
        default: QMenu::keyPressEvent(event);
        }
    }

    bool focusNextPrevChild(bool next) override
    {
        moveTo(at_ + (next ? 1 : -1));
        return true;
    }

private:
    QToolButton* makeField(const QColor& colour, bool isCurrent)
    {
        auto* field = new QToolButton;
        field->setObjectName("colour_" + colour.name().mid(1));
        field->setIcon(labelSwatch(colour));
        field->setIconSize({20, 20});
        field->setAccessibleName(colour.name());
        field->setToolTip(colour.name());
        field->setCheckable(true);
        field->setChecked(isCurrent);
        connect(field, &QToolButton::clicked, this, [this, colour] {
            chosen_ = colour;
            close();
        });
        if (isCurrent)
            at_ = static_cast<int>(fields_.size());
        fields_.push_back(field);
        return field;
    }

    void moveTo(int place)
    {
        if (place < 0 || place >= colourCount)
            return;
        at_ = place;
        fields_[static_cast<std::size_t>(place)]->setFocus();
    }

    std::vector<QToolButton*> fields_;
    int at_ = 0; ///< of the keyboard
    std::optional<QColor> chosen_;
};

} // namespace

std::optional<QColor> chooseLabelColour(const QPoint& place, const QColor& current)
{
    ColourMenu menu(current);
    menu.exec(place);
    return menu.chosen();
}

} // namespace earmark
