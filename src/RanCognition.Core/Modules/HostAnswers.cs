using System.Buffers;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Modules;

/// <summary>The host's own model, asked in JSON.</summary>
internal sealed class HostAnswers(WhatIfFunction function) : IOutcomeAnswers
{
    private readonly ArrayBufferWriter<byte> _question = new();

    public double[] Values(IReadOnlyList<ConfigurationChange> actions, IReadOnlyList<string> metrics)
    {
        double[] values = new double[metrics.Count];
        Array.Fill(values, double.NaN);
        if (metrics.Count == 0)
        {
            return values;
        }
        _question.ResetWrittenCount();
        JsonOut.WhatIfQuestion(actions, metrics, _question);
        if (!function(_question.WrittenSpan, values))
        {
            Array.Fill(values, double.NaN);
        }
        return values;
    }
}
