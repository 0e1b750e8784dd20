using RanCognition.Contracts;

namespace RanCognition.Modules;

/// <summary>Notes what the host's model answers.</summary>
internal sealed class RecordingModel(WhatIfFunction model)
{
    public List<double[]?> Answers { get; } = [];

    public bool Answer(ReadOnlySpan<byte> question, Span<double> values)
    {
        bool isAnswer = model(question, values);
        Answers.Add(isAnswer ? values.ToArray() : null);
        return isAnswer;
    }
}
