using System.Buffers;
using RanCognition.Cognition;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Performance;

namespace RanCognition.Modules;

/// <summary>A cognitive core that is called in JSON.</summary>
internal sealed class CoreCalls : ICallTarget
{
    private const int KeptBytes = 1 << 20;

    private readonly CognitiveOptions _options;
    private readonly IHost _host;
    private readonly CognitiveCore _core;
    private ArrayBufferWriter<byte> _answer = new(4096);

    public CoreCalls(CognitiveOptions options, IHost host, CoreSettings settings)
    {
        _options = options;
        _host = host;
        _core = new CognitiveCore(options, EpisodeCodec.Instance, DecisionCodec.Instance, host, settings);
    }

    public ulong Decisions => (ulong)_core.Count;

    public ulong Episodes => _core.Episodes;

    public ulong HistorySamples => _core.HistorySamples;

    /// <summary>What it holds, about.</summary>
    public ulong MemoryBytes => _core.MemoryBytes;

    public void Reopened() => _core.Reopened();

    public byte[] Run(CognitiveOperationKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ulong decisionId, WhatIfFunction? whatIf, string argument)
    {
        if (_answer.Capacity > KeptBytes)
        {
            _answer = new ArrayBufferWriter<byte>(4096);
        }
        _answer.ResetWrittenCount();
        switch (kind)
        {
            case CognitiveOperationKind.Decide: Decide(first, second, whatIf, argument); break;
            case CognitiveOperationKind.ReportOutcome: JsonOut.OutcomeReply(_core.ReportOutcome(JsonIn.DecisionOutcome(first, argument)), _answer); break;
            case CognitiveOperationKind.Rollback: JsonOut.RollbackReply(_core.Rollback(decisionId), _answer); break;
            case CognitiveOperationKind.GetState: JsonOut.CognitiveState(_core.GetState(), _answer); break;
            case CognitiveOperationKind.Ingest: TakeMessage(first, argument); break;
            default: throw new InvalidInputException(argument, "is no operation of a cognitive core");
        }
        return _answer.WrittenSpan.ToArray();
    }

    public void Dispose() => _core.Dispose();

    private void Decide(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> constraints, WhatIfFunction? whatIf, string argument)
    {
        (DecisionProblem question, IReadOnlyList<Constraint> limits) = JsonIn.DecisionQuestion(problem, argument, constraints, "constraints");
        JsonOut.Decision(_core.Decide(question, limits, whatIf is null ? null : new HostAnswers(whatIf)), _answer);
    }

    private void TakeMessage(ReadOnlySpan<byte> message, string argument)
    {
        ulong startNs = _host.NowNanoseconds();
        IngestReport report = _core.Ingest(Json.Ingest.Read(message, _options.MaxMessageBytes, startNs, argument));
        report.ExecutionTime = _host.NowNanoseconds() - startNs;
        JsonOut.IngestReport(report, _answer);
    }
}
