using System.Buffers;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>Passes calls on to a core, and writes down each with everything that it read, so that it can be made again to the byte.</summary>
/// <remarks>One call at a time. A record has no holes: when a line cannot be written, no other call is made until it is.</remarks>
internal sealed class CallRecorder : ICallTarget
{
    /// <summary>Bytes that a call may bring and be recorded: as a string they may become several times as long.</summary>
    public const int CallBytesMax = 128 << 20;

    private readonly RecordFile _file;
    private readonly RecordingHost _host;
    private readonly ICallTarget _target;

    private CallRecorder(RecordFile file, RecordingHost host, ICallTarget target)
    {
        _file = file;
        _host = host;
        _target = target;
    }

    public ulong Decisions => _target.Decisions;

    public ulong Episodes => _target.Episodes;

    public ulong HistorySamples => _target.HistorySamples;

    public void Reopened() => _target.Reopened();

    /// <summary>Opens the record, makes the core and writes the first line of both.</summary>
    /// <param name="options">RecordTo is given.</param>
    /// <param name="version">Of the library.</param>
    /// <param name="host">What the core would read.</param>
    /// <param name="start">Makes the core, which reads from the host that it is given alone.</param>
    public static CallRecorder Start(CognitiveOptions options, string version, IHost host, Func<IHost, ICallTarget> start)
    {
        RecordFile file = RecordFile.Open(options.RecordTo!);
        ICallTarget? target = null;
        try
        {
            RecordingHost recording = new(host);
            target = start(recording);
            CallRecorder recorder = new(file, recording, target);
            recorder.Write(new RecordedCall
            {
                Options = options,
                Version = version,
                Decisions = target.Decisions,
                Episodes = target.Episodes,
                HistorySamples = target.HistorySamples,
                Clock = recording.Clock,
                Random = recording.Random,
            });
            return recorder;
        }
        catch
        {
            target?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <exception cref="StorageException">The call was made, but could not be written down; or it was not made, since an earlier one could not be. The message says which.</exception>
    public byte[] Run(CognitiveOperationKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ulong decisionId, WhatIfFunction? whatIf, string argument)
    {
        CatchUp();
        if ((long)first.Length + second.Length > CallBytesMax)
        {
            throw new LimitExceededException(RecordFile.Argument, $"a call with {(long)first.Length + second.Length} bytes cannot be recorded, at most {CallBytesMax}");
        }
        RecordingModel? model = whatIf is null ? null : new RecordingModel(whatIf);
        _host.Begin();
        byte[] result;
        try
        {
            result = _target.Run(kind, first, second, decisionId, model is null ? null : model.Answer, argument);
        }
        catch (Exception error)
        {
            WriteFailure(Line(kind, first, second, decisionId, model, argument, null, error));
            throw;
        }
        try
        {
            Write(Line(kind, first, second, decisionId, model, argument, result, null));
        }
        catch (StorageException error)
        {
            string decision = kind is CognitiveOperationKind.Decide ? $"decision {JsonIn.DecisionIdOf(result)} was made and can be rolled back" : "the call was made";
            throw new StorageException(RecordFile.Argument, $"{error.Reason}: {decision}, but is not recorded yet; no other call is made until it is");
        }
        return result;
    }

    public void Dispose()
    {
        try
        {
            CatchUp();
        }
        catch (StorageException)
        {
            // Nobody is left to be told.
        }
        _target.Dispose();
        _file.Dispose();
    }

    private void CatchUp()
    {
        if (!_file.IsBehind)
        {
            return;
        }
        try
        {
            _file.Append([]);
        }
        catch (StorageException error)
        {
            throw new StorageException(RecordFile.Argument, $"{error.Reason}: an earlier call is not recorded yet, and nothing was done");
        }
    }

    private RecordedCall Line(
        CognitiveOperationKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ulong decisionId, RecordingModel? model, string argument, byte[]? result, Exception? error) => new()
    {
        Kind = kind,
        First = first.ToArray(),
        Second = second.ToArray(),
        DecisionId = decisionId,
        Argument = argument,
        Clock = _host.Clock,
        Random = _host.Random,
        CancelledAt = _host.CancelledAt,
        Answers = model?.Answers,
        Result = result,
        Status = error is null ? 0 : CallStatus.Of(error),
        Message = error?.Message ?? "",
    };

    private void Write(RecordedCall call)
    {
        ArrayBufferWriter<byte> line = new();
        JsonOut.RecordedCall(call, line);
        _file.Append(line.WrittenSpan);
    }

    /// <summary>The call's own failure is told; a line that is behind refuses the next one.</summary>
    private void WriteFailure(RecordedCall call)
    {
        try
        {
            Write(call);
        }
        catch (StorageException)
        {
            // As above.
        }
    }
}
