using RanCognition.Contracts;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>A cognitive core as callers use it: JSON in, JSON out, every call recorded where that is asked for.</summary>
/// <remarks>Not thread-safe but for Dispose, which may be called at any time: a call that is under way ends first.</remarks>
public sealed class CognitiveSession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ICallTarget _calls;
    private CoreCalls? _core;
    private int _callsUnderWay;
    private bool _closed;

    /// <param name="options">What it is to be.</param>
    /// <param name="host">Clock, random numbers and progress.</param>
    /// <param name="settings">What it may use of the machine; null = everything.</param>
    public CognitiveSession(CognitiveOptions options, IHost host, CoreSettings? settings = null)
    {
        CoreSettings use = settings ?? new CoreSettings();
        _calls = options.RecordTo is null ? Start(options, host, use) : CallRecorder.Start(options, Version(), host, recording => Start(options, recording, use));
    }

    /// <summary>What it holds, about.</summary>
    public ulong MemoryBytes => _core!.MemoryBytes;

    /// <param name="problem">A problem, or an intent.</param>
    /// <param name="constraints">Empty = none.</param>
    /// <param name="argument">Name of the problem in messages.</param>
    public byte[] Decide(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints, string argument = "problem") => Run(CognitiveOperationKind.Decide, problem, constraints, 0, null, argument);

    /// <param name="problem">A problem, or an intent.</param>
    /// <param name="constraints">Empty = none.</param>
    /// <param name="model">The host's.</param>
    public byte[] DecideWith(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints, WhatIfFunction model) =>
        Run(CognitiveOperationKind.Decide, problem, constraints, 0, model, "problem");

    public byte[] ReportOutcome(ReadOnlySpan<byte> outcome, string argument = "outcome") => Run(CognitiveOperationKind.ReportOutcome, outcome, default, 0, null, argument);

    public byte[] Rollback(ulong decisionId) => Run(CognitiveOperationKind.Rollback, default, default, decisionId, null, "decision");

    public byte[] GetState() => Run(CognitiveOperationKind.GetState, default, default, 0, null, "self");

    public byte[] Ingest(ReadOnlySpan<byte> message, string argument = "message") => Run(CognitiveOperationKind.Ingest, message, default, 0, null, argument);

    /// <summary>Makes the calls of a record again.</summary>
    /// <param name="path">Of the record.</param>
    /// <param name="host">Progress, and the clock of the report.</param>
    public static ReplayReport Replay(string path, IHost host) => CallReplay.Run(path, host, static (options, replay) => new CoreCalls(options, replay, new CoreSettings()));

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
            _closed = true;
            if (_callsUnderWay > 0)
            {
                return;
            }
        }
        _calls.Dispose();
    }

    private static string Version() => (typeof(CognitiveSession).Assembly.GetName().Version ?? new Version(0, 0, 0)).ToString(3);

    private CoreCalls Start(CognitiveOptions options, IHost host, CoreSettings settings) => _core = new CoreCalls(options, host, settings);

    private byte[] Run(CognitiveOperationKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ulong decisionId, WhatIfFunction? model, string argument)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _callsUnderWay++;
        }
        try
        {
            return _calls.Run(kind, first, second, decisionId, model, argument);
        }
        finally
        {
            bool isLast;
            lock (_gate)
            {
                isLast = --_callsUnderWay == 0 && _closed;
            }
            if (isLast)
            {
                _calls.Dispose();
            }
        }
    }
}
