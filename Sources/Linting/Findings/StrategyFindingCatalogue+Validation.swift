// SPDX-License-Identifier: Apache-2.0
import Strategies

/// Pages about validation steps and emulations.
extension StrategyFindingCatalogue {
    static let validation: [Entry] = [
        Entry(
            .validationNothingToRun,
            "A validation is like a unit test: it makes a true positive and sees it detected. Prose alone"
                + " cannot be run.",
            "Write the commands that make the behaviour happen."),
        Entry(
            .stepWithoutCommand,
            "The step names an activity but no command, so two people will do two different things, or"
                + " nothing.",
            "Give the command, or move the sentence to where it belongs."),
        Entry(
            .stepUnbound,
            "A step of the `validation` block names neither a recorded case nor an emulation, so nothing runs"
                + " it.",
            "Name a `case` of telemetry/cases.yml, or an `emulation`."),
        Entry(
            .pythonSyntax,
            "The interpreter refuses the code before it runs a line of it, so the step emulates nothing.",
            "Correct the code; `python3 -m py_compile FILE` shows the place."),
        Entry(
            .pythonUndefinedName,
            "The code uses a name that nothing in it imports, defines or assigns. When that line is reached,"
                + " Python raises NameError; what comes after does not happen. The code is parsed for this, never"
                + " run.",
            "Import or define the name."),
        Entry(
            .moduleWithoutMain,
            "`python -m MODULE` runs the module as a program. This one has no part that runs as a program, so"
                + " Python imports it, ignores the arguments and ends with success: an exit code of 0, and nothing"
                + " emulated.",
            "Call what was meant, e.g. `python3 -c \"import subprocess; subprocess.run(...)\"`."),
        Entry(
            .stepPlatform,
            "The step is written for another system than the document is about, so its readers cannot run it"
                + " and what it tests is something else.",
            "Write the step for a declared platform, or declare the platform it is for."),
        Entry(
            .platformUntested,
            "The document declares a platform for which no step can be run, so nothing is known about it"
                + " there.",
            "Add a step for the platform, or do not declare it."),
        Entry(
            .prerequisiteCannotFail,
            "The check succeeds on every machine: it ends in a command that always succeeds, or uses `&>`,"
                + " which sh reads as a background job. The test then runs where it cannot work.",
            "Let the check end with the command whose result counts; in sh write `>/dev/null 2>&1`."),
        Entry(
            .cleanupMismatch,
            "The cleanup names something the step does not make. What the step did make stays behind, and"
                + " something else may be lost.",
            "Name the same thing in both, best through an input argument."),
        Entry(
            .codeAfterExit,
            "The program ends above this line, so the code is dead and what it was to emulate never happens.",
            "Move the end, or remove the code."),
        Entry(
            .stepWaits,
            "The step waits for somebody to type, or for a terminal. Run unattended it hangs, or ends at once"
                + " without having done anything.",
            "Give the input (`</dev/null`, `-c COMMAND`), leave the terminal out, or set a time limit."),
        Entry(
            .stepPlaceholder,
            "A name stands for something the reader is to put in. As written the command fails, so the step"
                + " emulates nothing.",
            "Name something that exists and is harmless, best made by the step itself."),
        Entry(
            .wrongArgument,
            "The call takes its arguments in another order, or does something else than the step relies on.",
            "See the message."),
        Entry(
            .checkSkipped,
            "A check needs something that is not here, such as a Python interpreter. Nothing is known about"
                + " what it would have found.",
            "Install what the message names and check again."),
    ]
}
