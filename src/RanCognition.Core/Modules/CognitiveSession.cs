using System.Buffers;
using RanCognition.Cognition;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>A cognitive core as callers use it: JSON in, JSON out.</summary>
/// <remarks>
/// Not thread-safe but for Dispose, which may be called at any time: a call that is under way ends first. A result is good until the next call.
/// </remarks>
public sealed class CognitiveSession : IDisposable
{
    private const int KeptBytes = 1 << 20;

    private readonly Lock _gate = new();
    private readonly CognitiveOptions _options;
    private readonly IHost _host;
    private readonly CognitiveCore _core;
    private ArrayBufferWriter<byte> _answer = new(4096);
    private int _calls;     // under way
    private bool _closed;

    public CognitiveSession(CognitiveOptions options, IHost host)
    {
        _options = options;
        _host = host;
        _core = new CognitiveCore(options, EpisodeCodec.Instance, DecisionCodec.Instance, _host);
    }

    /// <summary>What it holds, about.</summary>
    public ulong MemoryBytes => _core.MemoryBytes;

    /// <param name="problem">A problem, or an intent.</param>
    /// <param name="constraints">Empty = none.</param>
    /// <param name="argument">Name of the problem in messages.</param>
    public ReadOnlySpan<byte> Decide(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints, string argument = "problem") => Decide(problem, constraints, null, argument);

    /// <param name="problem">A problem, or an intent.</param>
    /// <param name="constraints">Empty = none.</param>
    /// <param name="model">The host's.</param>
    public ReadOnlySpan<byte> DecideWith(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints, WhatIfFunction model) => Decide(problem, constraints, model, "problem");

    public ReadOnlySpan<byte> ReportOutcome(ReadOnlySpan<byte> outcome, string argument = "outcome")
    {
        Enter();
        try
        {
            JsonOut.OutcomeReply(_core.ReportOutcome(JsonIn.DecisionOutcome(outcome, argument)), _answer);
            return _answer.WrittenSpan;
        }
        finally
        {
            Exit();
        }
    }

    public ReadOnlySpan<byte> Rollback(ulong decisionId)
    {
        Enter();
        try
        {
            JsonOut.RollbackReply(_core.Rollback(decisionId), _answer);
            return _answer.WrittenSpan;
        }
        finally
        {
            Exit();
        }
    }

    public ReadOnlySpan<byte> GetState()
    {
        Enter();
        try
        {
            JsonOut.CognitiveState(_core.GetState(), _answer);
            return _answer.WrittenSpan;
        }
        finally
        {
            Exit();
        }
    }

    public ReadOnlySpan<byte> Ingest(ReadOnlySpan<byte> message, string argument = "message")
    {
        Enter();
        try
        {
            ulong startNs = _host.NowNanoseconds();
            MeasurementBatch batch = MeasurementMessage.Read(message, _options.MaxMessageBytes, argument, startNs);
            IngestReport report = _core.Ingest(batch);
            report.ExecutionTime = _host.NowNanoseconds() - startNs;
            JsonOut.IngestReport(report, _answer);
            return _answer.WrittenSpan;
        }
        finally
        {
            Exit();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
            _closed = true;
            if (_calls > 0)
            {
                return;
            }
        }
        Close();
    }

    private ReadOnlySpan<byte> Decide(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints, WhatIfFunction? model, string argument)
    {
        Enter();
        try
        {
            DecisionProblem question = JsonIn.DecisionProblem(problem, argument);
            IReadOnlyList<Constraint> limits = constraints.IsEmpty ? [] : JsonIn.Constraints(constraints, "constraints");
            JsonOut.Decision(_core.Decide(question, limits, model is null ? null : new HostAnswers(model)), _answer);
            return _answer.WrittenSpan;
        }
        finally
        {
            Exit();
        }
    }

    private void Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            _calls++;
        }
        if (_answer.Capacity > KeptBytes)
        {
            _answer = new ArrayBufferWriter<byte>(4096);
        }
        _answer.ResetWrittenCount();
    }

    private void Exit()
    {
        lock (_gate)
        {
            _calls--;
            if (!_closed || _calls > 0)
            {
                return;
            }
        }
        Close();
    }

    private void Close() => _core.Dispose();
}
