<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>earmark::BaseCardDelegate</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>tells %n labels apart</source>
        <translation>
            <numerusform>tells %n label apart</numerusform>
            <numerusform>tells %n labels apart</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::BaseChooser</name>
    <message numerus="yes">
        <source>%n parts of the network are new and will be learnt from nothing: usually the head</source>
        <translation>
            <numerusform>%n part of the network is new and will be learnt from nothing: usually the head</numerusform>
            <numerusform>%n parts of the network are new and will be learnt from nothing: usually the head</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tensors of the files are not needed</source>
        <translation>
            <numerusform>%n tensor of the files is not needed</numerusform>
            <numerusform>%n tensors of the files are not needed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ClipList</name>
    <message numerus="yes">
        <source>%1: %Ln clip(s)</source>
        <comment>what they are, and how many</comment>
        <translation>
            <numerusform>%1: %Ln clip</numerusform>
            <numerusform>%1: %Ln clips</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::DataChoice</name>
    <message numerus="yes">
        <source>%1 (%Ln clips)</source>
        <translation>
            <numerusform>%1 (%Ln clip)</numerusform>
            <numerusform>%1 (%Ln clips)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln regions to learn from</source>
        <translation>
            <numerusform>%Ln region to learn from</numerusform>
            <numerusform>%Ln regions to learn from</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clips to learn from; those without a label are left out</source>
        <translation>
            <numerusform>%Ln clip to learn from; those without a label are left out</numerusform>
            <numerusform>%Ln clips to learn from; those without a label are left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clips to learn from</source>
        <translation>
            <numerusform>%Ln clip to learn from</numerusform>
            <numerusform>%Ln clips to learn from</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clips to learn from; those without a number are left out</source>
        <translation>
            <numerusform>%Ln clip to learn from; those without a number are left out</numerusform>
            <numerusform>%Ln clips to learn from; those without a number are left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::DataPage</name>
    <message numerus="yes">
        <source>Remove %Ln clip(s) from the project?</source>
        <translation>
            <numerusform>Remove %Ln clip from the project?</numerusform>
            <numerusform>Remove %Ln clips from the project?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ErrorBar</name>
    <message numerus="yes">
        <source>and %n more below</source>
        <translation>
            <numerusform>and %n more below</numerusform>
            <numerusform>and %n more below</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ErrorCard</name>
    <message numerus="yes">
        <source>%1 (And %n other files.)</source>
        <comment>an error that came of several files</comment>
        <translation>
            <numerusform>%1 (And %n other file.)</numerusform>
            <numerusform>%1 (And %n other files.)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::FilterBar</name>
    <message numerus="yes">
        <source>%Ln clip(s)</source>
        <translation>
            <numerusform>%Ln clip</numerusform>
            <numerusform>%Ln clips</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::Headline</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model does not know %Ln label(s): %1. Their clips count as wrong.</source>
        <translation>
            <numerusform>The model does not know %Ln label: %1. Its clips count as wrong.</numerusform>
            <numerusform>The model does not know %Ln labels: %1. Their clips count as wrong.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) without a label, or that could not be read, were left out.</source>
        <translation>
            <numerusform>%Ln clip without a label, or that could not be read, was left out.</numerusform>
            <numerusform>%Ln clips without a label, or that could not be read, were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) changed since the test; the figures count them as they are now.</source>
        <translation>
            <numerusform>%Ln label changed since the test; the figures count it as it is now.</numerusform>
            <numerusform>%Ln labels changed since the test; the figures count them as they are now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ImportDialog</name>
    <message numerus="yes">
        <source>Import %Ln item(s)</source>
        <translation>
            <numerusform>Import %Ln item</numerusform>
            <numerusform>Import %Ln items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s)</source>
        <translation>
            <numerusform>%Ln clip</numerusform>
            <numerusform>%Ln clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln different label(s)</source>
        <translation>
            <numerusform>%Ln different label</numerusform>
            <numerusform>%Ln different labels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ImportFlow</name>
    <message numerus="yes">
        <source>%Ln clip(s) imported.</source>
        <translation>
            <numerusform>%Ln clip imported.</numerusform>
            <numerusform>%Ln clips imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ImportReportDialog</name>
    <message numerus="yes">
        <source>%Ln clip(s) imported.</source>
        <translation>
            <numerusform>%Ln clip imported.</numerusform>
            <numerusform>%Ln clips imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) were there already.</source>
        <translation>
            <numerusform>%Ln clip was there already.</numerusform>
            <numerusform>%Ln clips were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) known before have new content.</source>
        <translation>
            <numerusform>%Ln file known before has new content.</numerusform>
            <numerusform>%Ln files known before have new content.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::Inspector</name>
    <message numerus="yes">
        <source>%Ln clip(s)</source>
        <translation>
            <numerusform>%Ln clip</numerusform>
            <numerusform>%Ln clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln channels</source>
        <translation>
            <numerusform>%Ln channel</numerusform>
            <numerusform>%Ln channels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::LabelBalance</name>
    <message numerus="yes">
        <source>%1: %Ln clip(s)</source>
        <comment>a label</comment>
        <translation>
            <numerusform>%1: %Ln clip</numerusform>
            <numerusform>%1: %Ln clips</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::LabelPage</name>
    <message numerus="yes">
        <source>All %Ln clip(s) have a label.</source>
        <translation>
            <numerusform>%Ln clip, and it has a label.</numerusform>
            <numerusform>All %Ln clips have a label.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln clip(s) have a label or were skipped.</source>
        <translation>
            <numerusform>%Ln clip, and it has a label or was skipped.</numerusform>
            <numerusform>All %Ln clips have a label or were skipped.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::LabelSetDialog</name>
    <message numerus="yes">
        <source>%Ln clip(s) have the label “%1” and would lose it.</source>
        <translation>
            <numerusform>%Ln clip has the label “%1” and would lose it.</numerusform>
            <numerusform>%Ln clips have the label “%1” and would lose it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) have the label “%1”. Which label do they get instead?
It is done at once; Undo takes it back.</source>
        <translation>
            <numerusform>%Ln clip has the label “%1”. Which label does it get instead?
It is done at once; Undo takes it back.</numerusform>
            <numerusform>%Ln clips have the label “%1”. Which label do they get instead?
It is done at once; Undo takes it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::MainWindow</name>
    <message numerus="yes">
        <source>%Ln clips written to “%1”.</source>
        <translation>
            <numerusform>%Ln clip written to “%1”.</numerusform>
            <numerusform>%Ln clips written to “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::MissingFiles</name>
    <message numerus="yes">
        <source>%Ln file(s) are not where they were, such as those in “%1”. Their clips can be neither heard nor trained on.</source>
        <translation>
            <numerusform>%Ln file is not where it was, in “%1”. Its clips can be neither heard nor trained on.</numerusform>
            <numerusform>%Ln files are not where they were, such as those in “%1”. Their clips can be neither heard nor trained on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) found.</source>
        <translation>
            <numerusform>%Ln file found.</numerusform>
            <numerusform>%Ln files found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) have the right name but hold something else; they were not taken.</source>
        <translation>
            <numerusform>%Ln file has the right name but holds something else; it was not taken.</numerusform>
            <numerusform>%Ln files have the right name but hold something else; they were not taken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are still missing.</source>
        <translation>
            <numerusform>%Ln file is still missing.</numerusform>
            <numerusform>%Ln files are still missing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::PredictPage</name>
    <message numerus="yes">
        <source>%Ln label(s) taken over.</source>
        <translation>
            <numerusform>%Ln label taken over.</numerusform>
            <numerusform>%Ln labels taken over.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln file(s) heard</source>
        <translation>
            <numerusform>%L1 of %Ln file heard</numerusform>
            <numerusform>%L1 of %Ln files heard</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) get the label that was heard, instead of those that they have. It can be undone.</source>
        <translation>
            <numerusform>%Ln file gets the label that was heard, instead of those that it has. It can be undone.</numerusform>
            <numerusform>%Ln files get the label that was heard, instead of those that they have. It can be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::QueueBar</name>
    <message numerus="yes">
        <source>%Ln labelled</source>
        <comment>clips of the queue</comment>
        <translation>
            <numerusform>%Ln labelled</numerusform>
            <numerusform>%Ln labelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s)</source>
        <translation>
            <numerusform>%Ln clip</numerusform>
            <numerusform>%Ln clips</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::RecipePanel</name>
    <message numerus="yes">
        <source>Take back %n changes</source>
        <translation>
            <numerusform>Take back %n change</numerusform>
            <numerusform>Take back %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ReliabilityPlot</name>
    <message numerus="yes">
        <source>Between %1 and %2 sure: %Ln clip(s), %3 right</source>
        <translation>
            <numerusform>Between %1 and %2 sure: %Ln clip, %3 right</numerusform>
            <numerusform>Between %1 and %2 sure: %Ln clips, %3 right</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::ReportDocument</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::RunPanel</name>
    <message numerus="yes">
        <source>%n remarks</source>
        <translation>
            <numerusform>%n remark</numerusform>
            <numerusform>%n remarks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n runs compared</source>
        <translation>
            <numerusform>%n run compared</numerusform>
            <numerusform>%n runs compared</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waiting: %n jobs before it</source>
        <translation>
            <numerusform>Waiting: %n job before it</numerusform>
            <numerusform>Waiting: %n jobs before it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln clips that it has not learnt from. With other clips of the same kind it would lie within the interval in 95 of 100 cases.</source>
        <translation>
            <numerusform>Of %Ln clip that it has not learnt from. With other clips of the same kind it would lie within the interval in 95 of 100 cases.</numerusform>
            <numerusform>Of %Ln clips that it has not learnt from. With other clips of the same kind it would lie within the interval in 95 of 100 cases.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::SoundEditor</name>
    <message numerus="yes">
        <source>%Ln region(s). Drag over the sound to draw another one.</source>
        <translation>
            <numerusform>%Ln region. Drag over the sound to draw another one.</numerusform>
            <numerusform>%Ln regions. Drag over the sound to draw another one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::SplitBanner</name>
    <message numerus="yes">
        <source>%Ln clip(s) outside of training come from recordings that are also trained on. Tests will look better than the model is.</source>
        <translation>
            <numerusform>%Ln clip outside of training comes from a recording that is also trained on. Tests will look better than the model is.</numerusform>
            <numerusform>%Ln clips outside of training come from recordings that are also trained on. Tests will look better than the model is.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::SplitDialog</name>
    <message numerus="yes">
        <source>%Ln clip(s) for validation or test come from recordings that are also trained on. The model would look better than it is.</source>
        <translation>
            <numerusform>%Ln clip for validation or test comes from a recording that is also trained on. The model would look better than it is.</numerusform>
            <numerusform>%Ln clips for validation or test come from recordings that are also trained on. The model would look better than it is.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln clip(s) have nothing to be kept together by; each stands alone.</source>
        <translation>
            <numerusform>%Ln clip has nothing to be kept together by; it stands alone.</numerusform>
            <numerusform>%Ln clips have nothing to be kept together by; each stands alone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln excluded clip(s) are left out.</source>
        <translation>
            <numerusform>%Ln excluded clip is left out.</numerusform>
            <numerusform>%Ln excluded clips are left out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::TestBar</name>
    <message numerus="yes">
        <source>%1 (%Ln clip(s))</source>
        <translation>
            <numerusform>%1 (%Ln clip)</numerusform>
            <numerusform>%1 (%Ln clips)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>earmark::undo</name>
    <message numerus="yes">
        <source>Label %n clip(s)</source>
        <translation>
            <numerusform>Label %n clip</numerusform>
            <numerusform>Label %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add a label to %n clip(s)</source>
        <translation>
            <numerusform>Add a label to %n clip</numerusform>
            <numerusform>Add a label to %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take a label off %n clip(s)</source>
        <translation>
            <numerusform>Take a label off %n clip</numerusform>
            <numerusform>Take a label off %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n clip(s)</source>
        <translation>
            <numerusform>Mark %n clip</numerusform>
            <numerusform>Mark %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Group %n clip(s)</source>
        <translation>
            <numerusform>Group %n clip</numerusform>
            <numerusform>Group %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n clip(s)</source>
        <translation>
            <numerusform>Add %n clip</numerusform>
            <numerusform>Add %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n clip(s)</source>
        <translation>
            <numerusform>Remove %n clip</numerusform>
            <numerusform>Remove %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set a number of %n clip(s)</source>
        <translation>
            <numerusform>Set a number of %n clip</numerusform>
            <numerusform>Set a number of %n clips</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n clip(s) to another split</source>
        <translation>
            <numerusform>Move %n clip to another split</numerusform>
            <numerusform>Move %n clips to another split</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Relocate %n file(s)</source>
        <translation>
            <numerusform>Relocate %n file</numerusform>
            <numerusform>Relocate %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n clip(s)</source>
        <translation>
            <numerusform>Import %n clip</numerusform>
            <numerusform>Import %n clips</numerusform>
        </translation>
    </message>
</context>
</TS>
