using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>A setting that runs beside the one in use: it makes its own intervals for the same predictions before their outcome is known, and its losses are compared.</summary>
/// <remarks>
/// Paired one-sided t test on means of batches of <see cref="BatchSteps"/> steps, so that losses that follow each other need not be independent: Law and Kelton, "Simulation modeling and
/// analysis", on batch means.
/// </remarks>
internal sealed class Shadow(LoopSetting setting, ScoreWindow scores)
{
    private const int BatchSteps = 8;

    private double _batchDifference;
    private double _meanDifference;
    private double _squaredDifferences;

    public Shadow(ShadowState state)
        : this(state.Setting, new ScoreWindow(state.Setting.ScoreWindow, state.Scores))
    {
        UsedLoss = state.UsedLoss;
        Loss = state.Loss;
        Steps = state.Steps;
        _batchDifference = state.BatchDifference;
        _meanDifference = state.MeanDifference;
        _squaredDifferences = state.SquaredDifferences;
    }

    public LoopSetting Setting => setting;

    public ScoreWindow Scores => scores;

    /// <summary>Sum of losses of the setting in use over the same steps.</summary>
    public double UsedLoss { get; private set; }

    public double Loss { get; private set; }

    public int Steps { get; private set; }

    public void Compare(double usedLoss, double loss)
    {
        UsedLoss += usedLoss;
        Loss += loss;
        _batchDifference += usedLoss - loss;
        if (++Steps % BatchSteps == 0)
        {
            double batch = _batchDifference / BatchSteps, apart = batch - _meanDifference;
            _meanDifference += apart / (Steps / BatchSteps);
            _squaredDifferences += apart * (batch - _meanDifference);
            _batchDifference = 0;
        }
    }

    /// <summary>Its loss is smaller by the margin, and not by chance.</summary>
    /// <param name="margin">Share of the loss in use.</param>
    /// <param name="level">The p-value must be below it.</param>
    /// <param name="pValue">Probability of such a difference, or a larger one, if both were equally good.</param>
    public bool Wins(double margin, double level, out double pValue)
    {
        int batches = Steps / BatchSteps;
        double error = Math.Sqrt(Math.Max(0, _squaredDifferences) / (batches - 1.0) / batches);
        pValue = !(_meanDifference > 0) ? 1 : error > 0 ? TailProbability.StudentTwoSided(_meanDifference / error, batches - 1) / 2 : 0;
        return Loss <= (1 - margin) * UsedLoss && pValue < level;
    }

    /// <summary>A fresh stretch begins.</summary>
    public void Restart()
    {
        UsedLoss = Loss = 0;
        Steps = 0;
        _batchDifference = _meanDifference = _squaredDifferences = 0;
    }

    public ShadowState State() => new()
    {
        Setting = setting,
        Scores = scores.OldestFirst(),
        UsedLoss = UsedLoss,
        Loss = Loss,
        Steps = Steps,
        BatchDifference = _batchDifference,
        MeanDifference = _meanDifference,
        SquaredDifferences = _squaredDifferences,
    };
}
