using System.Numerics;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

/// <summary>Gains against the published patterns, and the form for many links against the one for a direction.</summary>
public sealed class AntennaGainTests
{
    private static AntennaGain Gain(AntennaModel model, int rows = 10) => new(new AntennaSpec { Model = model, Rows = rows }, "antenna");

    [Fact]
    public void Column_in_its_beam_has_the_element_and_the_sum_of_its_rows()
    {
        Assert.Equal(18, Gain(AntennaModel.Tr38901).GainDb(0, 90, 90), 1e-9);
        Assert.Equal(8, Gain(AntennaModel.Tr38901, 1).GainDb(0, 90, 102), 1e-9);
        Assert.Equal(18 - 12 * (12.0 / 65) * (12.0 / 65), Gain(AntennaModel.Tr38901).GainDb(0, 102, 102), 1e-9);
        Assert.Equal(15, Gain(AntennaModel.Tr38901).GainDb(32.5, 90, 90), 1e-9);
        Assert.Equal(15, Gain(AntennaModel.Tr38901).GainDb(-32.5, 90, 90), 1e-9);
        Assert.Equal(18 - 30, Gain(AntennaModel.Tr38901).GainDb(180, 90, 90), 1e-9);
    }

    [Fact]
    public void Element_loses_no_more_than_30_dB_in_all()
    {
        Assert.Equal(8 - 30, Gain(AntennaModel.Tr38901, 1).GainDb(170, 178, 90), 1e-9);
        Assert.Equal(8 - 12 * (90.0 / 65) * (90.0 / 65), Gain(AntennaModel.Tr38901, 1).GainDb(0, 0, 90), 1e-9);
    }

    [Fact]
    public void Nulls_of_the_column_are_60_dB_below_a_row()
    {
        double zenith = Math.Acos(0.2) * 180 / Math.PI, below = (zenith - 90) / 65;   // 10 rows: cos zenith - cos tilt = 2 / 10
        Assert.Equal(8 - 12 * below * below - 60, Gain(AntennaModel.Tr38901).GainDb(0, zenith, 90), 1e-9);
    }

    [Theory]
    [InlineData(0, 105, 105, 14)]
    [InlineData(35, 105, 105, 11)]
    [InlineData(0, 110, 105, 11)]
    [InlineData(35, 110, 105, 8)]
    [InlineData(0, 150, 105, -6)]
    [InlineData(180, 105, 105, -11)]
    [InlineData(90, 150, 105, -11)]
    public void Sector_antenna_is_as_published(double azimuth, double zenith, double tilt, double expected) =>
        Assert.Equal(expected, Gain(AntennaModel.Tr36814).GainDb(azimuth, zenith, tilt), 1e-9);

    [Fact]
    public void Column_is_the_sum_of_its_elements()
    {
        RandomStream random = new(1);
        for (int trial = 0; trial < 3000; trial++)
        {
            int rows = 1 + (int)(random.NextDouble() * 20);
            double azimuth = 720 * random.NextDouble() - 360, zenith = 180 * random.NextDouble(), tilt = 180 * random.NextDouble();
            Complex sum = Complex.Zero;
            for (int row = 0; row < rows; row++)
            {
                sum += Complex.Exp(Complex.ImaginaryOne * Math.PI * row * (Math.Cos(zenith * Math.PI / 180) - Math.Cos(tilt * Math.PI / 180)));
            }
            double offset = azimuth > 180 ? azimuth - 360 : azimuth < -180 ? azimuth + 360 : azimuth;
            double element = 8 - Math.Min(Math.Min(12 * Math.Pow(offset / 65, 2), 30) + Math.Min(12 * Math.Pow((zenith - 90) / 65, 2), 30), 30);
            double expected = element + 10 * Math.Log10(Math.Max(sum.Magnitude * sum.Magnitude / rows, 1e-6));
            Assert.Equal(expected, Gain(AntennaModel.Tr38901, rows).GainDb(azimuth, zenith, tilt), 1e-6);
        }
    }

    [Theory]
    [InlineData(AntennaModel.Tr38901, 10)]
    [InlineData(AntennaModel.Tr38901, 1)]
    [InlineData(AntennaModel.Tr38901, 2)]
    [InlineData(AntennaModel.Tr38901, 37)]
    [InlineData(AntennaModel.Tr38901, 128)]
    [InlineData(AntennaModel.Tr36814, 10)]
    [InlineData(AntennaModel.Omni, 10)]
    public void Many_links_at_once_have_the_gains_of_each(AntennaModel model, int rows)
    {
        AntennaGain antenna = Gain(model, rows);
        RandomStream random = new((ulong)rows);
        for (int links = 0; links < 40; links++)
        {
            double[] azimuth = new double[links], zenith = new double[links], first = new double[links], second = new double[links], fixedPart = new double[links], gains = new double[links];
            double boresight = 720 * random.NextDouble() - 360, tilt = 60 + 60 * random.NextDouble();
            for (int i = 0; i < links; i++)
            {
                azimuth[i] = 360 * random.NextDouble() - 180;
                zenith[i] = i % 5 == 0 ? tilt : 180 * random.NextDouble();
            }
            antenna.ZenithTerms(zenith, first, second);
            antenna.FixedPart(azimuth, zenith, boresight, fixedPart);
            antenna.LinearGains(fixedPart, first, second, tilt, gains);
            for (int i = 0; i < links; i++)
            {
                double expected = Math.Pow(10, antenna.GainDb(azimuth[i] - boresight, zenith[i], tilt) / 10);
                Assert.Equal(expected, gains[i], expected * 1e-9 + Math.Pow(10, 0.8) * rows * 1e-12);
            }
        }
    }

    [Fact]
    public void A_link_has_the_same_gain_to_the_bit_wherever_it_stands_among_others()
    {
        AntennaGain antenna = Gain(AntennaModel.Tr38901);
        RandomStream random = new(5);
        double[] zenith = new double[37], azimuth = new double[37], first = new double[37], second = new double[37], fixedPart = new double[37], all = new double[37], one = new double[1];
        for (int i = 0; i < zenith.Length; i++)
        {
            zenith[i] = 80 + 40 * random.NextDouble();
            azimuth[i] = 360 * random.NextDouble();
        }
        antenna.ZenithTerms(zenith, first, second);
        antenna.FixedPart(azimuth, zenith, 30, fixedPart);
        antenna.LinearGains(fixedPart, first, second, 102, all);
        for (int i = 0; i < zenith.Length; i++)
        {
            antenna.LinearGains(fixedPart.AsSpan(i, 1), first.AsSpan(i, 1), second.AsSpan(i, 1), 102, one);
            Assert.Equal(BitConverter.DoubleToInt64Bits(one[0]), BitConverter.DoubleToInt64Bits(all[i]));
        }
    }

    [Fact]
    public void Turns_by_whole_circles_change_nothing()
    {
        foreach (AntennaModel model in (AntennaModel[])[AntennaModel.Tr38901, AntennaModel.Omni, AntennaModel.Tr36814])
        {
            for (double azimuth = -170; azimuth < 180; azimuth += 10)
            {
                Assert.Equal(Gain(model).GainDb(azimuth, 95, 100), Gain(model).GainDb(azimuth + 720, 95, 100), 1e-9);
                Assert.Equal(Gain(model).GainDb(azimuth, 95, 100), Gain(model).GainDb(-azimuth, 95, 100), 1e-9);
            }
        }
    }

    [Fact]
    public void Omni_is_0_dBi_everywhere() => Assert.Equal(0, Gain(AntennaModel.Omni).GainDb(77, 13, 102));

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(129)]
    [InlineData(int.MaxValue)]
    public void Rows_out_of_bounds_are_named(int rows) =>
        Assert.StartsWith("network/antenna/rows: ", Assert.Throws<InvalidInputException>(() => new AntennaGain(new AntennaSpec { Rows = rows }, "network/antenna")).Message);

    [Fact]
    public void A_model_that_is_not_known_is_named() =>
        Assert.StartsWith("network/antenna/model: ", Assert.Throws<InvalidInputException>(() => new AntennaGain(new AntennaSpec { Model = (AntennaModel)9 }, "network/antenna")).Message);
}
