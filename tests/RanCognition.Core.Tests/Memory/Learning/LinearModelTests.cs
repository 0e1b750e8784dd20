using RanCognition.Memory.Learning;
using RanCognition.Numerics;

namespace RanCognition.Tests.Memory.Learning;

public class LinearModelTests
{
    private static (Covariates X, int[] Rows) Random(ulong seed, int rows, int columns)
    {
        RandomStream random = new(seed);
        List<EpisodeFacts> episodes = [];
        for (int i = 0; i < rows; i++)
        {
            float[] point = new float[columns];
            for (int c = 0; c < columns; c++)
            {
                point[c] = (float)random.NextNormal();
            }
            episodes.Add(new EpisodeFacts { Id = (ulong)i, TimeNs = 0, Point = point });
        }
        return (Covariates.Of(episodes), [.. Enumerable.Range(0, rows)]);
    }

    [Fact]
    public void One_column_gives_the_closed_form_of_ridge_regression()
    {
        var (x, rows) = Random(1, 50, 1);
        RandomStream random = new(2);
        double[] y = [.. rows.Select(_ => 3 + random.NextNormal())];   // nothing to explain, so the penalty stays 1
        LinearModel model = LinearModel.FitNumbers(x, rows, y);
        double mean = y.Average(), slope = rows.Sum(i => x.Row(i)[0] * (y[i] - mean)) / (rows.Sum(i => x.Row(i)[0] * x.Row(i)[0]) + 1);
        Assert.Equal(mean, model.At([0]), 10);
        Assert.Equal(slope, model.At([1]) - model.At([0]), 10);
    }

    [Fact]
    public void A_line_without_noise_is_found()
    {
        var (x, rows) = Random(3, 200, 4);
        double[] y = [.. rows.Select(i => 1 + 2 * x.Row(i)[0] - 3 * x.Row(i)[3])];
        LinearModel model = LinearModel.FitNumbers(x, rows.AsSpan(0, 150), y);
        Assert.All(rows[150..], i => Assert.InRange(model.At(x.Row(i)) - y[i], -.005, .005));
    }

    [Fact]
    public void The_slopes_of_the_odds_satisfy_the_equations_of_penalised_likelihood()
    {
        var (x, rows) = Random(5, 300, 3);
        RandomStream random = new(6);
        bool[] truth = [.. rows.Select(i => random.NextDouble() < LinearModel.Probability(-1 + x.Row(i)[0] - 2 * x.Row(i)[1]))];
        LinearModel model = LinearModel.FitOdds(x, rows, truth);
        double[] off = [.. rows.Select(i => (truth[i] ? 1 : 0) - LinearModel.Probability(model.At(x.Row(i))))];
        double intercept = model.At([0, 0, 0]);
        Assert.Equal(0, off.Sum(), 3);
        for (int c = 0; c < 3; c++)
        {
            double[] unit = new double[3];
            unit[c] = 1;
            Assert.Equal(3 / 4.0 * (model.At(unit) - intercept), rows.Sum(i => x.Row(i)[c] * off[i]), 3);
        }
    }

    [Fact]
    public void Odds_stay_finite_when_the_truth_can_be_told_without_fail()
    {
        var (x, rows) = Random(7, 60, 2);
        bool[] truth = [.. rows.Select(i => x.Row(i)[0] > 0)];
        LinearModel model = LinearModel.FitOdds(x, rows, truth);
        Assert.All(rows, i => Assert.True(double.IsFinite(model.At(x.Row(i)))));
        Assert.True(model.At([1, 0]) > 3 && model.At([-1, 0]) < -3);
    }

    [Fact]
    public void Without_columns_the_models_are_the_mean_and_the_share()
    {
        var (x, rows) = Random(8, 8, 0);
        Assert.Equal(4.5, LinearModel.FitNumbers(x, rows, [1, 2, 3, 4, 5, 6, 7, 8]).At([]), 12);
        Assert.Equal(.25, LinearModel.Probability(LinearModel.FitOdds(x, rows, [true, true, false, false, false, false, false, false]).At([])), 12);
    }

    [Fact]
    public void More_columns_than_rows_and_equal_columns_are_no_trouble()
    {
        var (wide, rows) = Random(9, 30, 100);
        RandomStream random = new(10);
        double[] y = [.. rows.Select(_ => random.NextNormal())];
        LinearModel model = LinearModel.FitNumbers(wide, rows, y);
        Assert.All(rows, i => Assert.InRange(model.At(wide.Row(i)), -4, 4));
        Covariates twice = wide.With([0, 0, 0]), once = wide.With([0]);
        LinearModel a = LinearModel.FitNumbers(twice, rows, y), b = LinearModel.FitNumbers(once, rows, y);
        Assert.All(rows, i => Assert.Equal(b.At(once.Row(i)), a.At(twice.Row(i)), 9));   // three columns with three times the penalty
    }
}
