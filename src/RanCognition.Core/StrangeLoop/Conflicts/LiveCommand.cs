using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>A command with its place, and its names as numbers.</summary>
internal sealed class LiveCommand
{
    public required ControlCommand Command { get; init; }

    /// <summary>Its place among all commands.</summary>
    public required ulong Place { get; init; }

    public required ulong StartNs { get; init; }

    /// <summary>First nanosecond in which it is not in force.</summary>
    public required ulong EndNs { get; init; }

    // Numbers of a NameTable; they change when the table is made anew.
    public int Source { get; set; }

    public int Cell { get; set; }

    public int Parameter { get; set; }

    /// <summary>Where it is kept with those of its parameter and cell.</summary>
    public ParameterBucket? Bucket { get; set; }

    /// <summary>It ended and waits to be swept out.</summary>
    public bool IsForgotten { get; set; }

    public static LiveCommand Of(ControlCommand command, ulong place, NameTable names)
    {
        var live = new LiveCommand
        {
            Command = command,
            Place = place,
            StartNs = command.StartNs,
            EndNs = command.SpanNs > ulong.MaxValue - command.StartNs ? ulong.MaxValue : command.StartNs + command.SpanNs,
        };
        live.Name(names);
        return live;
    }

    public void Name(NameTable names)
    {
        Source = names.NumberOf(Command.Source);
        Cell = names.NumberOf(Command.TargetCell);
        Parameter = names.NumberOf(Command.TargetParameter);
    }

    /// <summary>Whether there is a moment at which both are in force.</summary>
    public bool Overlaps(LiveCommand other) => StartNs < other.EndNs && other.StartNs < EndNs && StartNs < EndNs && other.StartNs < other.EndNs;

    /// <summary>Equal as numbers when both are numbers, else as texts.</summary>
    public bool HasValueOf(LiveCommand other) => Command.TargetNumber is double number && other.Command.TargetNumber is double wanted
        ? number == wanted
        : Command.TargetValue == other.Command.TargetValue;

    /// <summary>By start, equal ones by place.</summary>
    public static int CompareStarts(LiveCommand left, LiveCommand right)
    {
        int order = left.StartNs.CompareTo(right.StartNs);
        return order != 0 ? order : left.Place.CompareTo(right.Place);
    }

    public static int ComparePlaces(LiveCommand left, LiveCommand right) => left.Place.CompareTo(right.Place);
}
