using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

/// <summary>Path loss against points worked out from the published formulas by other means.</summary>
public sealed class PathLossTests
{
    private const double MacroM = 25, MicroM = 10, Tolerance = 1e-8;

    // Before, at and past the breakpoint (4 x 24 x 0.5 x 2e9 / 3e8 = 320 m), a high user under a high environment, and past the breakpoint at 28 GHz.
    [Theory]
    [InlineData(100, 1.5, 2, 1, 78.277395703, 98.176762616)]
    [InlineData(320, 1.5, 2, 1, 89.159594180, 117.507504275)]
    [InlineData(1000, 1.5, 2, 1, 108.911672790, 136.805285076)]
    [InlineData(500, 22.5, 6, 15, 102.940484533, 121.978984927)]
    [InlineData(5000, 1.5, 28, 1, 139.179040870, 187.039095852)]
    public void Urban_macro_is_as_published(double distance, double userHeight, double frequency, double environment, double withSight, double without)
    {
        PathLoss loss = new(PropagationModel.UrbanMacro, frequency);
        Assert.Equal(withSight, loss.LineOfSightDb(distance, MacroM, userHeight, environment), Tolerance);
        Assert.Equal(without, loss.NoLineOfSightDb(distance, MacroM, userHeight, environment), Tolerance);
    }

    [Theory]
    [InlineData(50, 1.5, 2, 74.228888260, 89.003966462)]
    [InlineData(120, 1.5, 2, 82.106228502, 102.245400298)]
    [InlineData(500, 1.5, 2, 106.856817413, 124.087795012)]
    [InlineData(200, 10.5, 6, 96.284683417, 117.501028388)]
    [InlineData(1000, 1.5, 28, 124.343490082, 159.125019865)]
    public void Urban_micro_is_as_published(double distance, double userHeight, double frequency, double withSight, double without)
    {
        PathLoss loss = new(PropagationModel.UrbanMicro, frequency);
        Assert.Equal(withSight, loss.LineOfSightDb(distance, MicroM, userHeight, 1), Tolerance);
        Assert.Equal(without, loss.NoLineOfSightDb(distance, MicroM, userHeight, 1), Tolerance);
    }

    [Theory]
    [InlineData(PropagationModel.UrbanMacro, 10, 1.5, 1)]
    [InlineData(PropagationModel.UrbanMacro, 18, 22.5, 1)]
    [InlineData(PropagationModel.UrbanMacro, 100, 1.5, 0.347670836844)]
    [InlineData(PropagationModel.UrbanMacro, 100, 13, 0.347670836844)]
    [InlineData(PropagationModel.UrbanMacro, 100, 22.5, 0.554272602745)]
    [InlineData(PropagationModel.UrbanMacro, 450, 16.5, 0.088620592483)]
    [InlineData(PropagationModel.UrbanMicro, 100, 1.5, 0.230984749698)]
    [InlineData(PropagationModel.UrbanMicro, 100, 22.5, 0.230984749698)]
    public void Line_of_sight_is_as_likely_as_published(PropagationModel model, double distance, double userHeight, double expected) =>
        Assert.Equal(expected, new PathLoss(model, 2).LineOfSightProbability(distance, userHeight), 1e-11);

    [Theory]
    [InlineData(2, 11.825319570, 22.425319570)]
    [InlineData(6, 13.402214991, 30.693452815)]
    [InlineData(28, 17.828787453, 37.949019595)]
    public void Walls_lose_what_is_published(double frequency, double low, double high)
    {
        BuildingEntry entry = new(frequency);
        Assert.Equal(low, entry.LowWallDb, Tolerance);
        Assert.Equal(high, entry.HighWallDb, Tolerance);
        Assert.Equal(low + 5, entry.LossDb(false, 10, 0), Tolerance);
        Assert.Equal(low + 5 + 2 * 4.4, entry.LossDb(false, 10, 2), Tolerance);
        Assert.Equal(high + 12.5 - 6.5, entry.LossDb(true, 25, -1), Tolerance);
    }

    [Fact]
    public void Breakpoints_are_as_published()
    {
        Assert.Equal(320, new PathLoss(PropagationModel.UrbanMacro, 2).BreakpointM(MacroM, 1.5, 1), Tolerance);
        Assert.Equal(6000, new PathLoss(PropagationModel.UrbanMacro, 6).BreakpointM(MacroM, 22.5, 15), Tolerance);
        Assert.Equal(120, new PathLoss(PropagationModel.UrbanMicro, 2).BreakpointM(MicroM, 1.5, 1), Tolerance);
    }

    [Fact]
    public void Loss_grows_with_distance_and_frequency_is_continuous_at_the_breakpoint_and_no_smaller_without_sight()
    {
        RandomStream random = new(1);
        for (int trial = 0; trial < 300; trial++)
        {
            PropagationModel model = trial % 2 == 0 ? PropagationModel.UrbanMacro : PropagationModel.UrbanMicro;
            double frequency = 0.5 * Math.Pow(200, random.NextDouble()), userHeight = 1.5 + 3 * Math.Floor(random.NextDouble() * 8), siteHeight = 2 + 48 * random.NextDouble();
            double environment = random.NextDouble() < 0.5 ? 1 : 12;
            PathLoss loss = new(model, frequency), above = new(model, Math.Min(100, frequency * 1.01));
            double before = 0, beforeWithout = 0;
            for (double distance = 1; distance < 20_000; distance *= 1.07)
            {
                double with = loss.LineOfSightDb(distance, siteHeight, userHeight, environment), without = loss.NoLineOfSightDb(distance, siteHeight, userHeight, environment);
                Assert.True(with >= before - 1e-9 && without >= beforeWithout - 1e-9, $"{model} {frequency} GHz at {distance} m");
                Assert.True(without >= with);
                Assert.True(double.IsFinite(without));
                (before, beforeWithout) = (with, without);
                Assert.True(above.NoLineOfSightDb(distance, siteHeight, userHeight, environment) >= without - 9.5 * 2 * Math.Log10(1.01));
            }
            double breakpoint = loss.BreakpointM(siteHeight, userHeight, environment);
            Assert.Equal(loss.LineOfSightDb(breakpoint * (1 - 1e-9), siteHeight, userHeight, environment), loss.LineOfSightDb(breakpoint * (1 + 1e-9), siteHeight, userHeight, environment), 1e-6);
        }
    }

    [Fact]
    public void What_is_nearer_than_the_formulas_reach_is_taken_as_their_nearest()
    {
        foreach (PropagationModel model in (PropagationModel[])[PropagationModel.UrbanMacro, PropagationModel.UrbanMicro])
        {
            PathLoss loss = new(model, 2);
            Assert.Equal(loss.LineOfSightDb(10, 10, 10, 1), loss.LineOfSightDb(0, 10, 10, 1));
            Assert.Equal(loss.NoLineOfSightDb(10, 10, 10, 1), loss.NoLineOfSightDb(0, 10, 10, 1));
        }
    }

    [Fact]
    public void Line_of_sight_is_a_probability_and_rarer_far_away()
    {
        foreach (PropagationModel model in (PropagationModel[])[PropagationModel.UrbanMacro, PropagationModel.UrbanMicro])
        {
            PathLoss loss = new(model, 2);
            for (double height = 1.5; height <= 30; height += 1.5)
            {
                for (double distance = 0; distance < 5000; distance += 7)
                {
                    Assert.InRange(loss.LineOfSightProbability(distance, height), 0, 1);
                    Assert.True(height > 13 || loss.LineOfSightProbability(distance, height) >= loss.LineOfSightProbability(distance + 7, height));
                }
            }
        }
    }

    [Fact]
    public void Environment_of_macro_cells_is_1_m_as_often_as_published_and_else_evenly_one_of_the_steps_below_the_user()
    {
        PathLoss loss = new(PropagationModel.UrbanMacro, 2);
        RandomStream random = new(2);
        const int draws = 60_000;
        double[] seen = new double[30];
        for (int i = 0; i < draws; i++)
        {
            seen[(int)loss.EnvironmentHeightM(300, 22.5, random.NextDouble(), random.NextDouble())]++;
        }
        // C(300 m, 22.5 m) = 0.95^1.5 x 1.25 x 27 x e^-2 = 4.22932...; 12, 15, 18 and 21 m share the rest.
        double elevated = Math.Pow(0.95, 1.5) * 1.25 * 27 * Math.Exp(-2), low = 1 / (1 + elevated);
        Assert.Equal(low, seen[1] / draws, 0.008);
        foreach (int height in (int[])[12, 15, 18, 21])
        {
            Assert.Equal((1 - low) / 4, seen[height] / draws, 0.008);
        }
        Assert.Equal(draws, seen[1] + seen[12] + seen[15] + seen[18] + seen[21]);
    }

    [Fact]
    public void Environment_of_low_or_near_users_and_of_micro_cells_is_1_m()
    {
        RandomStream random = new(3);
        for (int i = 0; i < 2000; i++)
        {
            double decision = random.NextDouble(), choice = random.NextDouble(), distance = 10 + 3000 * random.NextDouble();
            Assert.Equal(1, new PathLoss(PropagationModel.UrbanMacro, 2).EnvironmentHeightM(distance, 10.5, decision, choice));
            Assert.Equal(1, new PathLoss(PropagationModel.UrbanMacro, 2).EnvironmentHeightM(18, 22.5, decision, choice));
            Assert.Equal(1, new PathLoss(PropagationModel.UrbanMicro, 2).EnvironmentHeightM(distance, 22.5, decision, choice));
        }
    }
}
