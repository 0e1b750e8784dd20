using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>Makes the calls of a record again, with everything that they read as it was, and compares what comes of them to the byte.</summary>
public sealed class CallReplay
{
    private const string Argument = "path";
    private const string Stage = "replay";

    /// <summary>A message of the largest size that is recorded, as a string with many escapes, and its result.</summary>
    private const int LineBytesMax = 1 << 29;

    private const int DifferencesMax = 10;
    private const int ShownBytes = 400;
    private const int ShownBefore = 100;

    private readonly IHost _host;
    private readonly Func<CognitiveOptions, IHost, ICallTarget> _start;
    private readonly ReplayHost _replay = new();
    private readonly List<ReplayDifference> _different = [];
    private readonly List<IgnoredField> _ignored = [];
    private ICallTarget? _target;
    private ulong _calls;
    private ulong _equal;
    private ulong _notRepeated;
    private bool _passesOver;  // the calls of a core that began with what is not known here
    private string? _unread;   // why the line before could not be read

    private CallReplay(IHost host, Func<CognitiveOptions, IHost, ICallTarget> start)
    {
        _host = host;
        _start = start;
    }

    /// <param name="path">Of a record.</param>
    /// <param name="host">Progress, and the clock of the report.</param>
    /// <param name="start">Makes a core that reads from the host that it is given alone.</param>
    /// <exception cref="InvalidInputException">The file cannot be opened, or the record cannot be replayed; the message says why.</exception>
    /// <exception cref="InvalidJsonException">A line is none of a record.</exception>
    internal static ReplayReport Run(string path, IHost host, Func<CognitiveOptions, IHost, ICallTarget> start)
    {
        ulong startNs = host.NowNanoseconds();
        CallReplay replay = new(host, start);
        try
        {
            replay.ReadAll(path);
        }
        finally
        {
            replay._target?.Dispose();
        }
        return new ReplayReport
        {
            Calls = replay._calls,
            Equal = replay._equal,
            Different = replay._different,
            NotRepeated = replay._notRepeated,
            Ignored = replay._ignored,
            ExecutionTime = host.NowNanoseconds() - startNs,
        };
    }

    private void ReadAll(string path)
    {
        using RecordLines lines = new(path, LineBytesMax);
        while (lines.TryNext(out ReadOnlySpan<byte> line))
        {
            _host.Progress(lines.Fraction, Stage);
            RecordedCall call;
            try
            {
                call = JsonIn.RecordedCall(line, $"{Argument}/{lines.Number}");
            }
            catch (Exception error) when (_unread is null && error is InvalidJsonException or LimitExceededException)
            {
                _unread = error.Message;   // the end of the process may have cut it off: then it is the last, or a new core follows
                _ignored.Add(new IgnoredField($"/{lines.Number}", "the line is cut off"));
                continue;
            }
            if (_unread is { } reason && call.Kind is not null)
            {
                throw new InvalidJsonException(Argument, reason);
            }
            _unread = null;
            Take(call, lines.Number);
        }
        if (lines.Number == 0 || _target is null)
        {
            InvalidInputException.Throw(Argument, "is not a record: it has no line that says how the core was created");
        }
    }

    private void Take(RecordedCall call, ulong line)
    {
        if (call.Kind is null)
        {
            Create(call, line);
            return;
        }
        if (_passesOver || CallStatus.IsOfTheMachine(call.Status))
        {
            _notRepeated++;
            return;
        }
        if (_target is null)
        {
            InvalidInputException.Throw($"{Argument}/{line}", "is a call before the core was created");
        }
        Repeat(call, line);
    }

    /// <summary>A fresh core; or, when a file was opened again, the one that has gone through the same.</summary>
    private void Create(RecordedCall call, ulong line)
    {
        bool isEmpty = call.Decisions == 0 && call.Episodes == 0 && call.HistorySamples == 0;
        if (!isEmpty && _target is { } target && target.Decisions == call.Decisions && target.Episodes == call.Episodes && target.HistorySamples == call.HistorySamples)
        {
            target.Reopened();
            return;
        }
        if (!isEmpty)
        {
            string reason = $"the core began with a file of {call.Decisions} decisions, {call.Episodes} episodes and {call.HistorySamples} samples, which the record does not have";
            if (_target is null && !_passesOver)
            {
                InvalidInputException.Throw($"{Argument}/{line}", reason + ": only a record from the beginning of a file can be replayed");
            }
            _passesOver = true;
            _ignored.Add(new IgnoredField($"/{line}", reason + ": its calls were not made again"));
            return;
        }
        _passesOver = false;
        _target?.Dispose();
        _target = null;
        _replay.Begin(call);
        _target = _start(call.Options! with { Path = null, RecordTo = null }, _replay);
    }

    private void Repeat(RecordedCall call, ulong line)
    {
        ReplayModel? model = call.Answers is { } answers ? new ReplayModel(answers) : null;
        _replay.Begin(call);
        byte[] result = [];
        string? failure = null;
        int status = 0;
        try
        {
            result = _target!.Run(call.Kind!.Value, call.First, call.Second, call.DecisionId, model is null ? null : model.Answer, call.Argument);
        }
        catch (Exception error) when (CallStatus.Of(error) is var code && !CallStatus.IsOfTheMachine(code))
        {
            status = code;
            failure = error.Message;
        }
        _calls++;
        if (status == call.Status && (failure is not null ? failure == call.Message : result.AsSpan().SequenceEqual(call.Result)))
        {
            string? other = _replay.Difference ?? model?.Difference;
            if (other is null)
            {
                _equal++;
                return;
            }
            Note(call, line, "the same", other);
            return;
        }
        byte[] recorded = call.Result ?? Failure(call.Status, call.Message);
        byte[] replayed = failure is null ? result : Failure(status, failure);
        int from = Math.Max(0, recorded.AsSpan().CommonPrefixLength(replayed) - ShownBefore);
        Note(call, line, Shown(recorded, from), Shown(replayed, from));
    }

    private void Note(RecordedCall call, ulong line, string recorded, string replayed)
    {
        if (_different.Count < DifferencesMax)
        {
            _different.Add(new ReplayDifference { Line = line, Call = call.Name, Recorded = recorded, Replayed = replayed });
        }
    }

    private static byte[] Failure(int status, string message) => Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"status {status}: {message}"));

    private static string Shown(byte[] text, int from)
    {
        ReadOnlySpan<byte> rest = text.AsSpan(Math.Min(from, text.Length));
        string shown = Encoding.UTF8.GetString(rest.Length > ShownBytes ? rest[..ShownBytes] : rest);
        return (from > 0 ? "…" : "") + shown + (rest.Length > ShownBytes ? "…" : "");
    }
}
