namespace RanCognition.Temporal.Logic;

/// <summary>Not.</summary>
internal sealed class NowNegation(NowNode term) : NowNode
{
    public override void Evaluate(int scenario)
    {
        term.Evaluate(scenario);
        Truth = -term.Truth;
    }

    public override int SettledAt() => term.SettledAt();
}
