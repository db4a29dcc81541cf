// The manual: resources/help/LANGUAGE/*.md, a topic a file, in the order of their names; searched as one types. Thread: the window's.
#pragma once

#include <QDialog>

#include <vector>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace earmark
{

class HelpWindow : public QDialog
{
    Q_OBJECT

public:
    explicit HelpWindow(QWidget* parent = nullptr);

    void showTopic(const QString& name); ///< its file's name without number and ending: "importing"

private:
    struct Topic {
        QString name;
        QString title; ///< the first heading
        QString text;  ///< Markdown
    };

    void read();
    void search(const QString& words);
    void showRow(int row);

    std::vector<Topic> topics_;
    QLineEdit* search_;
    QListWidget* list_;
    QTextBrowser* page_;
};

} // namespace earmark
