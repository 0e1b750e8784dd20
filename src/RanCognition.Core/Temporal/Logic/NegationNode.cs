namespace RanCognition.Temporal.Logic;

/// <summary>Not, at every sample.</summary>
internal sealed class NegationNode(InstantNode term) : InstantNode(term.Valid)
{
    public override void Evaluate(int scenario)
    {
        term.Evaluate(scenario);
        for (var i = 0; i < Truth.Length; i++)
        {
            Truth[i] = -term.Truth[i];
        }
    }
}
