namespace RanCognition.Tests.Scheduling;

/// <summary>What a step of a random program does.</summary>
internal enum ProgramAction
{
    Schedule,
    ScheduleRecurring,
    ScheduleBatch,
    Cancel,
    Reschedule,
    Execute,
    ExecuteBatch,
    Advance,
    AdvanceToNext,
    Run,
    Reborn,
    Status,
}

/// <summary>One step; its numbers are indices into the tables of ProgramTables, taken modulo their lengths, so that any numbers make a program.</summary>
internal readonly record struct ProgramStep(ProgramAction Action, int Which, int Time, int Priority, int Count, int Body, int Extra)
{
    /// <summary>The step with one of its numbers smaller.</summary>
    public IEnumerable<ProgramStep> Simpler()
    {
        foreach (int smaller in Below(Extra))
        {
            yield return this with { Extra = smaller };
        }
        foreach (int smaller in Below(Body))
        {
            yield return this with { Body = smaller };
        }
        foreach (int smaller in Below(Priority))
        {
            yield return this with { Priority = smaller };
        }
        foreach (int smaller in Below(Count))
        {
            yield return this with { Count = smaller };
        }
        foreach (int smaller in Below(Time))
        {
            yield return this with { Time = smaller };
        }
        foreach (int smaller in Below(Which))
        {
            yield return this with { Which = smaller };
        }
    }

    private static IEnumerable<int> Below(int number)
    {
        for (int smaller = 0; smaller < number; smaller = number - ((number - smaller) / 2))
        {
            yield return smaller;
        }
    }
}

/// <summary>How a handler of a random program ends.</summary>
internal enum BodyEnd
{
    Succeeds,
    Fails,
    Throws,
    FailsFirst,
    FailsEverySecond,
}

/// <summary>What the handler of a task does: the calls it makes and how it ends.</summary>
internal sealed record ProgramBody(IReadOnlyList<ProgramStep> Steps, BodyEnd End);
