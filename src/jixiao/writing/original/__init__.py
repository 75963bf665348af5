"""The original with marks: the uploaded file itself comes back, with findings and corrections at their cells."""
