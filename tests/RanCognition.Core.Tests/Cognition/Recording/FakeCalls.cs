using System.Text;
using RanCognition.Contracts;
using RanCognition.Modules;
using RanCognition.Performance;

namespace RanCognition.Tests.Cognition;

/// <summary>A core that answers by what it is given, what it reads of its host, and what it was asked before; one that looks at the clock to know when to stop.</summary>
internal sealed class FakeCalls : ICallTarget
{
    private readonly IHost _host;
    private readonly CognitiveOptions _options;
    private ulong _state;

    public FakeCalls(CognitiveOptions options, IHost host)
    {
        _options = options;
        _host = host;
        _state = host.NowNanoseconds() ^ (options.Seed ?? 0);
    }

    /// <summary>Of the next call: a failure of the machine.</summary>
    public bool FailsNext { get; set; }

    /// <summary>A difference from what was recorded.</summary>
    public bool IsOther { get; set; }

    public ulong Decisions { get; set; }

    public ulong Episodes => 0;

    public ulong HistorySamples { get; private set; }

    public int Runs { get; private set; }

    public void Reopened()
    {
    }

    public byte[] Run(CognitiveOperationKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ulong decisionId, WhatIfFunction? whatIf, string argument)
    {
        Runs++;
        if (FailsNext)
        {
            FailsNext = false;
            throw new StorageException("path", "the disk is full");
        }
        if (first.StartsWith("bad"u8))
        {
            throw new InvalidInputException(argument.Length == 0 ? "problem" : argument, $"is bad \"at\" {_host.NowNanoseconds()}");
        }
        ulong start = _host.NowNanoseconds();
        var text = new StringBuilder();
        foreach (byte value in first)
        {
            _state = _state * 31 + value;
        }
        _state += (ulong)second.Length + (kind == CognitiveOperationKind.Rollback ? decisionId : 0) + (ulong)kind;
        if (kind == CognitiveOperationKind.Decide)
        {
            Decisions++;
            _state ^= _host.RandomUInt64();
            int rounds = 0;
            while (_host.NowNanoseconds() - start < 1000 && rounds < 50)
            {
                rounds++;
                _host.Progress(rounds / 50.0, "decide");
            }
            text.Append($",\"rounds\":{rounds}");
            for (int i = 0; whatIf is not null && i < 3; i++)
            {
                double[] values = new double[2 + i];
                Array.Fill(values, double.NaN);
                text.Append(whatIf("{}"u8, values) ? $",\"a{i}\":\"{string.Join('|', values.Select(value => BitConverter.DoubleToInt64Bits(value)))}\"" : $",\"a{i}\":null");
            }
        }
        _state += IsOther ? 1UL : 0;
        return Encoding.UTF8.GetBytes($"{{\"decision_id\":{Decisions},\"state\":{_state},\"seed\":{_options.Seed ?? 0}{text},\"execution_time\":{_host.NowNanoseconds() - start}}}");
    }

    public void Dispose()
    {
    }
}
