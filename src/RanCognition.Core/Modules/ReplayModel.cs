namespace RanCognition.Modules;

/// <summary>Answers as the host's model did when it was recorded.</summary>
internal sealed class ReplayModel(IReadOnlyList<double[]?> answers)
{
    private int _asked;
    private bool _isOther;

    /// <summary>Null when it was asked for what was recorded, else what is other.</summary>
    public string? Difference => _asked == answers.Count && !_isOther ? null : $"asked the model {_asked} times, not {answers.Count}, or for other metrics";

    public bool Answer(ReadOnlySpan<byte> question, Span<double> values)
    {
        double[]? answer = _asked < answers.Count ? answers[_asked] : null;
        _asked++;
        if (answer is null)
        {
            return false;
        }
        _isOther |= answer.Length != values.Length;
        answer.AsSpan(0, Math.Min(answer.Length, values.Length)).CopyTo(values);
        return true;
    }
}
